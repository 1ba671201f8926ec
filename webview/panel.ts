import './panel.css';
import { WholePage } from './page.ts';

const root = document.getElementById('panel');
if (!root) throw new Error('The page has no element #panel');
new WholePage(root).start();
