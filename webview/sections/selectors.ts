import type { MethodId } from '../../src/attribution/explanation.ts';
import type { LayerSummary } from '../../src/graph/layerSummary.ts';
import type { PanelChoice, PanelView } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace } from '../element.ts';
import { formatProbability } from '../format.ts';
import type { Host } from '../host.ts';
import type { Section } from './section.ts';

interface Option {
  readonly value: string;
  readonly text: string;
  readonly title?: string;
}

/** What is explained, with which layer, class, method and mask: each can be changed here. */
export class Selectors implements Section {
  readonly #model: HTMLButtonElement;
  readonly #mask: HTMLButtonElement;
  readonly #layer: HTMLSelectElement;
  readonly #class: HTMLSelectElement;
  readonly #method: HTMLSelectElement;
  readonly root: HTMLElement;

  constructor(host: Host) {
    const run = (command: 'chooseModel' | 'pickMask') => () => host.send({ kind: 'run', command });
    const chosen = (id: string, choice: (value: string) => PanelChoice) => {
      const select = element('select', { id });
      select.addEventListener('change', () => host.send({ kind: 'choose', choice: choice(select.value) }));
      return select;
    };
    this.#model = button({ id: 'model', class: 'chip', title: 'Choose a model' }, run('chooseModel'));
    this.#mask = button({ id: 'mask', class: 'chip', title: 'Pick a padding mask' }, run('pickMask'));
    this.#layer = chosen('layer', (name) => ({ what: 'layer', name }));
    this.#class = chosen('class', (value) => ({ what: 'class', index: value === '' ? null : Number(value) }));
    this.#method = chosen('method', (value) => ({ what: 'method', method: value as MethodId }));
    this.root = element(
      'div',
      { class: 'chips', role: 'group', 'aria-label': 'What is explained' },
      this.#model,
      chip('layer', this.#layer),
      chip('class', this.#class),
      chip('method', this.#method),
      this.#mask,
    );
  }

  show({ explanation, layers, methods, chosenClass, modelName }: PanelView): void {
    const { prediction, layer, method, padding } = explanation;
    fillButton(this.#model, 'model', modelName);
    fillButton(this.#mask, 'mask', padding.origin);
    const known = layers.some(({ name }) => name === layer.name) ? layers : [layer, ...layers];
    fill(this.#layer, known.map((each) => ({ value: each.name, text: layerText(each) })), layer.name);
    const predicted = prediction.classes[prediction.predicted] ?? `class ${prediction.predicted}`;
    const classes = prediction.classes.map((name, index) => ({
      value: String(index),
      text: `${name} · ${formatProbability(prediction.probabilities[index] ?? Number.NaN)}`,
    }));
    const follow = { value: '', text: `${predicted} (predicted)` };
    fill(this.#class, [follow, ...classes], chosenClass === null ? '' : String(chosenClass));
    const options = methods.map(({ id, label, caveat }) => ({ value: id, text: label, title: caveat }));
    fill(this.#method, options, method);
  }
}

function layerText({ name, kind, shape, receptiveField, marks }: LayerSummary): string {
  const reads = receptiveField.size === null ? 'reads everything' : `reads ${receptiveField.size} steps`;
  return [name, kind, shape.join(' × '), reads, ...marks].join(' · ');
}

function chip(label: string, select: HTMLSelectElement): HTMLElement {
  return element('label', { class: 'chip' }, element('span', { class: 'dim' }, label), select, icon('chevron-down'));
}

function fillButton(target: HTMLButtonElement, label: string, value: string): void {
  replace(target, element('span', { class: 'dim' }, label), element('span', { class: 'chip-value' }, value), icon('chevron-down'));
  target.setAttribute('aria-label', `${label}: ${value}. Change…`);
}

function fill(select: HTMLSelectElement, options: readonly Option[], value: string): void {
  // An open list is not rebuilt under the person's hand when nothing in it has changed.
  const key = JSON.stringify(options);
  if (select.dataset.filled !== key) {
    replace(select, ...options.map(({ text, ...attributes }) => element('option', attributes, text)));
    select.dataset.filled = key;
  }
  select.value = value;
  select.title = select.selectedOptions[0]?.title || (select.selectedOptions[0]?.text ?? '');
}
