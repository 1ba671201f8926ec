import { formatNumber } from '../../src/format.ts';
import { element, label, say } from '../element.ts';
import type { CellFacts } from '../map/cell.ts';

const fields = ['feature', 'step', 'value', 'model input', 'attribution', 'rank', 'zone', 'line'] as const;
type Field = (typeof fields)[number];

/** The numbers of one cell in a reserved place, so that nothing moves when they come and go. */
export class Readout {
  readonly #cells = {} as Record<Field, HTMLElement>;
  readonly #hint = element(
    'p',
    { class: 'readout-hint dim' },
    'Point at the map or walk it with arrow keys. Click or Enter: its row; wheel: zoom; B: choose; W: What if.',
  );
  readonly #spoken = element('div', { class: 'spoken', id: 'spoken', 'aria-live': 'polite' });
  readonly root: HTMLElement;

  constructor() {
    const list = element('dl', { id: 'readout' });
    for (const field of fields) {
      this.#cells[field] = element('dd', { 'data-field': field });
      list.append(
        element(
          'div',
          { class: `field field-${field.replace(' ', '-')}` },
          element('dt', {}, field),
          this.#cells[field],
        ),
      );
    }
    this.root = element('footer', { class: 'readout' }, list, this.#hint, this.#spoken);
    this.show(null, false);
  }

  /** @param speak also told to screen readers; not for the pointer, which would chatter */
  show(facts: CellFacts | null, speak: boolean): void {
    this.root.classList.toggle('nothing', facts === null);
    const texts = facts && fieldTexts(facts);
    for (const field of fields) {
      say(this.#cells[field], texts?.[field] ?? '–');
      label(this.#cells[field], 'title', texts?.[field] ?? '');
    }
    if (facts && speak) say(this.#spoken, sentence(facts));
  }
}

function fieldTexts(facts: CellFacts): Record<Field, string> {
  const noValue = facts.real ? '–' : 'padding';
  return {
    feature: facts.feature ?? (facts.isMean ? 'mean of all' : 'all'),
    step: facts.time === null ? String(facts.step) : `${facts.step} · ${facts.time}`,
    value: facts.feature === null ? '–' : facts.raw === null ? noValue : formatNumber(facts.raw),
    'model input': facts.input === null ? '–' : formatNumber(facts.input),
    attribution: formatNumber(facts.attribution),
    rank: facts.rank ? `${facts.rank.rank} of ${facts.rank.of}` : '–',
    zone: facts.zone ?? '–',
    line: facts.line === null ? '–' : String(facts.line),
  };
}

/** `f02, step 17, value 2.31, attribution 0.84, rank 1 of 3930, REAL, line 19` */
function sentence(facts: CellFacts): string {
  const value = facts.raw ?? facts.input;
  return [
    facts.feature ?? (facts.isMean ? 'mean over features' : 'all features'),
    `step ${facts.step}`,
    facts.time,
    value !== null && `value ${formatNumber(value)}`,
    `attribution ${formatNumber(facts.attribution)}`,
    facts.rank && `rank ${facts.rank.rank} of ${facts.rank.of}`,
    facts.zone,
    facts.line !== null && `line ${facts.line}`,
  ]
    .filter(Boolean)
    .join(', ');
}
