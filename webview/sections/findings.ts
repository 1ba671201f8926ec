import type { Finding } from '../../src/finding.ts';
import type { PanelView } from '../../src/views/panel/contract.ts';
import { element, icon, replace } from '../element.ts';
import type { Section } from './section.ts';

/** What is worth knowing beside the result, one sentence each, warnings first. */
export class Findings implements Section {
  readonly root = element('ul', { class: 'findings', id: 'findings', 'aria-label': 'Findings' });

  show({ explanation }: PanelView): void {
    const sorted = [...explanation.findings].sort((a, b) => weight(b) - weight(a));
    this.root.hidden = sorted.length === 0;
    replace(this.root, ...sorted.map(item));
  }
}

const weight = ({ severity }: Finding) => (severity === 'warning' ? 1 : 0);

function item({ severity, sentence, code }: Finding): HTMLElement {
  const spoken = severity === 'warning' ? 'Warning: ' : 'Note: ';
  return element(
    'li',
    { class: `finding ${severity}`, 'data-code': code },
    icon(severity === 'warning' ? 'warning' : 'info'),
    element('span', {}, element('span', { class: 'spoken' }, spoken), sentence),
  );
}
