import { answerNumber } from '../../src/attribution/answerWords.ts';
import type { ExplainedTarget, Prediction } from '../../src/attribution/explanation.ts';
import type { MethodId } from '../../src/attribution/methods.ts';
import { optionWords } from '../../src/attribution/optionText.ts';
import type { LayerSummary } from '../../src/graph/layerSummary.ts';
import type { PanelChoice, PanelView } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { formatProbability } from '../format.ts';
import type { Host } from '../host.ts';
import { ChipButton, ChipSelect, type Choice } from './chip.ts';
import type { Section } from './section.ts';

const MOST_LISTED = 300;

/** What is explained, with which layer, class, method and mask: each can be changed here. */
export class Selectors implements Section {
  readonly #model: ChipButton;
  readonly #mask: ChipButton;
  readonly #layer: ChipSelect;
  readonly #class: ChipSelect;
  readonly #against: ChipSelect;
  readonly #method: ChipSelect;
  readonly #options: ChipButton;
  readonly root: HTMLElement;

  constructor(host: Host) {
    const choose = (choice: PanelChoice) => host.send({ kind: 'choose', choice });
    this.#model = new ChipButton('model', 'model', () => host.send({ kind: 'run', command: 'chooseModel' }));
    this.#mask = new ChipButton('mask', 'mask', () => host.send({ kind: 'run', command: 'pickMask' }));
    this.#layer = new ChipSelect('layer', 'layer', (name) => choose({ what: 'layer', name }));
    this.#class = new ChipSelect('class', 'class', (value) =>
      choose({ what: 'class', index: value === '' ? null : Number(value) }),
    );
    this.#against = new ChipSelect('against', 'against', (value) =>
      choose({ what: 'against', against: againstOf(value) }),
    );
    this.#options = new ChipButton('method-options', 'options', () =>
      host.send({ kind: 'run', command: 'pickMethodOptions' }),
    );
    this.#method = new ChipSelect('method', 'method', (value) =>
      choose({ what: 'method', method: value as MethodId }),
    );
    const chips = [
      ...[this.#model, this.#layer, this.#class, this.#against],
      ...[this.#method, this.#options, this.#mask],
    ];
    this.root = element(
      'div',
      { class: 'chips', role: 'group', 'aria-label': 'What is explained' },
      ...chips.map((chip) => chip.root),
    );
  }

  show({ explanation, layers, methods, leftOut, chosenClass, chosenAgainst, modelName }: PanelView): void {
    const { prediction, layer, padding, target } = explanation;
    const { method, options = {} } = explanation.how;
    this.#model.show(modelName);
    this.#mask.show(padding.origin);
    // Any tensor of the graph may be asked for by name, also one that is not in the list.
    const known = layers.some(({ name }) => name === layer.name) ? layers : [layer, ...layers];
    this.#layer.fill(known.map(layerChoice), layer.name);
    this.#class.rename(prediction.values ? 'output' : 'class');
    this.#class.fill(classChoices(prediction), chosenClass === null ? '' : String(chosenClass));
    this.#against.fill(againstChoices(prediction, target), String(chosenAgainst ?? ''));
    this.#method.fill(
      methods.map(({ id, label, caveat, at, isQuick }) => ({
        value: id,
        text: isQuick ? label : `${label} · many runs`,
        short: label,
        title: leftOut ? `${caveat} ${leftOut}` : caveat,
        group: at === 'layer' ? 'at a layer' : 'at the input',
      })),
      method,
    );
    const words = optionWords(options);
    this.#options.root.hidden = words.length === 0;
    if (words.length > 0) this.#options.show(words.join(' · '));
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

function classChoices(prediction: Prediction): Choice[] {
  const { classes, predicted, values } = prediction;
  const own = classes[predicted] ?? `class ${predicted}`;
  const follow = { value: '', text: values ? `${own} (by itself)` : `${own} (predicted)` };
  return [
    follow,
    ...around(classes, predicted).map(({ name, index }) => ({
      value: String(index),
      text: `${name} · ${answerNumber(prediction, index, formatProbability)}`,
    })),
  ];
}

function againstOf(value: string): NonNullable<PanelView['chosenAgainst']> | null {
  if (value === '') return null;
  return value === 'runner-up' || value === 'negative' ? value : Number(value);
}

function againstChoices(prediction: Prediction, target: ExplainedTarget): Choice[] {
  const { classes, values } = prediction;
  return [
    { value: '', text: `nothing: ${target.name} alone`, short: 'nothing' },
    ...(values ? [] : [{ value: 'runner-up', text: 'the most probable of the others', short: 'runner-up' }]),
    ...around(classes, target.index).flatMap(({ name, index }) =>
      index === target.index
        ? []
        : [
            {
              value: String(index),
              text: `${target.name} − ${name} · ${answerNumber(prediction, index, formatProbability)}`,
              short: name,
            },
          ],
    ),
    {
      value: 'negative',
      text: values ? `what makes ${target.name} smaller` : `what speaks against ${target.name}`,
      short: 'itself, turned round',
    },
  ];
}

/** A sequence has an output for every step: those near the chosen one; Pick Output… lists all. */
function around(names: readonly string[], at: number): { name: string; index: number }[] {
  const first = Math.max(0, Math.min(at - MOST_LISTED / 2, names.length - MOST_LISTED));
  return names.slice(first, first + MOST_LISTED).map((name, i) => ({ name, index: first + i }));
}
