import type { GlancePlace, SeriesFile, SeriesGlance } from '../../src/views/glance/contract.ts';
import { button, element, icon, replace, say } from '../element.ts';
import { counted } from '../format.ts';
import { firstTable } from '../reading/firstTable.ts';
import { readingCard } from '../reading/readingCard.ts';
import { shapeWords } from '../reading/words.ts';
import { findingItem } from '../sections/findings.ts';
import { laneTable } from './laneTable.ts';

/** As the engine gives them. */
const mostLines = 24;

/** The instances of a data file one after the other, and how the file is read. */
export class SeriesBody {
  readonly #words = element('span', { id: 'instance-words', role: 'status' });
  readonly #number = element('input', {
    type: 'number',
    id: 'instance',
    min: 1,
    'aria-label': 'Instance, by position',
  });
  readonly #of = element('span', {});
  readonly #pick = element(
    'div',
    { class: 'glance-pick' },
    turner('previous', 'chevron-left', 'Previous instance', () => this.#step(-1)),
    this.#number,
    this.#of,
    turner('next', 'chevron-right', 'Next instance', () => this.#step(1)),
    this.#words,
  );
  readonly #lanes = element('div', { class: 'reading-scroll' });
  readonly #features = element('div', { class: 'glance-pick', hidden: true });
  readonly #first = element('div', {});
  readonly #card = element('div', { class: 'reading' });
  readonly root = element('div', {}, this.#pick, this.#lanes, this.#features, this.#first, this.#card);
  #instances = 0;
  #at: GlancePlace = { instance: 0, from: 0 };

  constructor(private readonly turn: (at: GlancePlace) => void) {
    this.#number.addEventListener('change', () => this.#go(this.#number.valueAsNumber - 1));
  }

  /** Answers what stands beside the file's name. */
  open({ plan, facts, findings, instances }: SeriesFile): string {
    this.#instances = instances;
    this.#number.max = `${instances}`;
    say(this.#of, `of ${instances}`);
    replace(
      this.#card,
      ...readingCard(plan, facts),
      findings.length > 0 && element('ul', { class: 'findings' }, ...findings.map(findingItem)),
    );
    return shapeWords(plan);
  }

  show(index: number, series: SeriesGlance): void {
    this.#at = { instance: index, from: series.from };
    this.#number.value = `${index + 1}`;
    say(this.#words, wordsOf(series));
    replace(this.#lanes, laneTable(series));
    this.#turnFeatures(series);
    replace(this.#first, firstTable(...firstSteps(series)));
  }

  /** The keys of the panel. */
  key(event: KeyboardEvent): void {
    if (!event.altKey || (event.key !== 'PageDown' && event.key !== 'PageUp')) return;
    event.preventDefault();
    this.#step(event.key === 'PageDown' ? 1 : -1);
  }

  #step(by: number): void {
    this.#go(this.#at.instance + by);
  }

  #go(instance: number): void {
    if (Number.isInteger(instance) && instance >= 0 && instance < this.#instances) {
      this.turn({ ...this.#at, instance });
    } else this.#number.value = `${this.#at.instance + 1}`;
  }

  /** Where there are more than fit. */
  #turnFeatures({ from, features, lines }: SeriesGlance): void {
    this.#features.hidden = lines.length === features;
    const to = (at: number) => () => this.turn({ ...this.#at, from: at });
    const before = turner('before', 'chevron-up', 'Features before', to(Math.max(0, from - mostLines)));
    const after = turner('after', 'chevron-down', 'Features after', to(from + lines.length));
    before.disabled = from === 0;
    after.disabled = from + lines.length >= features;
    const words = `Features ${from + 1}–${from + lines.length} of ${features}`;
    replace(this.#features, before, after, element('span', {}, words));
  }
}

function turner(id: string, sign: string, title: string, act: () => void): HTMLButtonElement {
  return button({ class: 'icon-button', id, title, 'aria-label': title }, act, icon(sign));
}

function wordsOf({ id, label, measured, length, real }: SeriesGlance): string {
  return [
    id,
    ...(label !== undefined ? [`label ${label}`] : []),
    ...(measured !== undefined ? [`value ${measured}`] : []),
    real === length ? counted(length, 'step') : `${real} of ${counted(length, 'step')} real`,
  ].join(' · ');
}

/** As the table of the Reading view takes them. */
function firstSteps(series: SeriesGlance): Parameters<typeof firstTable> {
  const { id, label, measured, length, real, lines, padding } = series;
  const steps = lines[0]?.first.length ?? 0;
  const mask = Array.from(
    { length: steps },
    (_, step) => !padding.some(({ from, to }) => step >= from && step < to),
  );
  const said = { ...(label !== undefined && { label }), ...(measured !== undefined && { measured }) };
  const first = { id, ...said, length, real, mask };
  return [{ ...first, values: lines.map((line) => line.first) }, lines.map(({ name }) => name), false];
}
