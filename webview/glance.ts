import './glance.css';
import { WholeGlance } from './glance/wholeGlance.ts';

const root = document.getElementById('glance');
if (!root) throw new Error('The page has no element #glance');
new WholeGlance(root).start();
