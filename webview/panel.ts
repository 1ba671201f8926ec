import './panel.css';
import { Panel } from './page.ts';

const root = document.getElementById('app') ?? document.body.appendChild(document.createElement('div'));
root.id = 'app';
new Panel(root).start();
