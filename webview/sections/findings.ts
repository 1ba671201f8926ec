import type { Finding } from '../../src/finding.ts';
import type { PanelView } from '../../src/views/panel/contract.ts';
import { element, icon, replace } from '../element.ts';
import type { Section } from './section.ts';

const names = { warning: 'Warnings', info: 'Notes' } as const satisfies Record<Finding['severity'], string>;

/** What is worth knowing beside the result, one sentence each: warnings over the map, notes under it. */
export class Findings implements Section {
  readonly root: HTMLElement;

  constructor(private readonly severity: Finding['severity']) {
    const name = names[severity];
    this.root = element('ul', { class: 'findings', id: name.toLowerCase(), 'aria-label': name });
  }

  show({ explanation }: PanelView): void {
    const mine = explanation.findings.filter(({ severity }) => severity === this.severity);
    this.root.hidden = mine.length === 0;
    replace(this.root, ...mine.map(item));
  }
}

function item({ severity, sentence, code }: Finding): HTMLElement {
  const spoken = severity === 'warning' ? 'Warning: ' : 'Note: ';
  return element(
    'li',
    { class: `finding ${severity}`, 'data-code': code },
    icon(severity),
    element('span', {}, element('span', { class: 'spoken' }, spoken), sentence),
  );
}
