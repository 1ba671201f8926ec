import './panel.css';
import { Panel } from './page.ts';

const root = document.getElementById('panel');
if (!root) throw new Error('The page has no element #panel');
new Panel(root).start();
