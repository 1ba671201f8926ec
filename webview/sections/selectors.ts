import type { MethodId, Prediction } from '../../src/attribution/explanation.ts';
import type { LayerSummary } from '../../src/graph/layerSummary.ts';
import type { PanelChoice, PanelView } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { formatProbability } from '../format.ts';
import type { Host } from '../host.ts';
import { ChipButton, ChipSelect, type Choice } from './chip.ts';
import type { Section } from './section.ts';

/** What is explained, with which layer, class, method and mask: each can be changed here. */
export class Selectors implements Section {
  readonly #model: ChipButton;
  readonly #mask: ChipButton;
  readonly #layer: ChipSelect;
  readonly #class: ChipSelect;
  readonly #method: ChipSelect;
  readonly root: HTMLElement;

  constructor(host: Host) {
    const choose = (choice: PanelChoice) => host.send({ kind: 'choose', choice });
    this.#model = new ChipButton('model', 'model', () => host.send({ kind: 'run', command: 'chooseModel' }));
    this.#mask = new ChipButton('mask', 'mask', () => host.send({ kind: 'run', command: 'pickMask' }));
    this.#layer = new ChipSelect('layer', 'layer', (name) => choose({ what: 'layer', name }));
    this.#class = new ChipSelect('class', 'class', (value) =>
      choose({ what: 'class', index: value === '' ? null : Number(value) }),
    );
    this.#method = new ChipSelect('method', 'method', (value) =>
      choose({ what: 'method', method: value as MethodId }),
    );
    const chips = [this.#model, this.#layer, this.#class, this.#method, this.#mask];
    this.root = element(
      'div',
      { class: 'chips', role: 'group', 'aria-label': 'What is explained' },
      ...chips.map((chip) => chip.root),
    );
  }

  show({ explanation, layers, methods, chosenClass, modelName }: PanelView): void {
    const { prediction, layer, method, padding } = explanation;
    this.#model.show(modelName);
    this.#mask.show(padding.origin);
    // Any tensor of the graph may be asked for by name, also one that is not in the list.
    const known = layers.some(({ name }) => name === layer.name) ? layers : [layer, ...layers];
    this.#layer.fill(known.map(layerChoice), layer.name);
    this.#class.fill(classChoices(prediction), chosenClass === null ? '' : String(chosenClass));
    this.#method.fill(
      methods.map(({ id, label, caveat }) => ({ value: id, text: label, title: caveat })),
      method,
    );
  }
}

function layerChoice({ name, kind, shape, receptiveField, marks }: LayerSummary): Choice {
  const reads = receptiveField.size === null ? 'reads everything' : `reads ${receptiveField.size} steps`;
  return {
    value: name,
    text: [name, kind, shape.join(' × '), reads, ...marks].join(' · '),
    short: [name, ...marks.slice(0, 1)].join(' · '),
  };
}

function classChoices({ classes, probabilities, predicted }: Prediction): Choice[] {
  const follow = { value: '', text: `${classes[predicted] ?? `class ${predicted}`} (predicted)` };
  return [
    follow,
    ...classes.map((name, index) => ({
      value: String(index),
      text: `${name} · ${formatProbability(probabilities[index] ?? Number.NaN)}`,
    })),
  ];
}
