import type { PanelLook, PanelView } from '../../src/views/panel/contract.ts';
import { element, icon, label } from '../element.ts';
import type { Host } from '../host.ts';
import type { Section } from './section.ts';

const reluTitle = 'Off: negative attribution is shown too';

type LookSwitch = 'hidePadding' | 'rangeWithoutPadding' | 'table';

interface Switch {
  readonly root: HTMLLabelElement;
  readonly box: HTMLInputElement;
}

/** Switches: the first three change the numbers, the others only how they are drawn. */
export class Toggles implements Section {
  readonly #relu: Switch;
  readonly #maskedAlpha: Switch;
  readonly #maskedModel: Switch;
  readonly #looks: Record<LookSwitch, Switch>;
  readonly root: HTMLElement;

  constructor(host: Host, change: (look: Partial<PanelLook>) => void) {
    const choose = (what: 'relu' | 'maskedAlpha' | 'maskedModel') => (on: boolean) =>
      host.send({ kind: 'choose', choice: { what, on } });
    const look = (name: LookSwitch) => (on: boolean) => change({ [name]: on });
    this.#relu = makeSwitch('relu', 'ReLU', reluTitle, choose('relu'));
    this.#maskedAlpha = makeSwitch(
      'masked-alpha',
      'real steps only',
      'Over real steps only',
      choose('maskedAlpha'),
    );
    this.#maskedModel = makeSwitch(
      'masked-model',
      'masked model',
      'Explain the model with padding kept out of every layer: a different model, with its own answer',
      choose('maskedModel'),
    );
    this.#looks = {
      hidePadding: makeSwitch(
        'hide-padding',
        'hide padding',
        'Leave the map on padding blank; its numbers stay',
        look('hidePadding'),
      ),
      rangeWithoutPadding: makeSwitch(
        'range-without-padding',
        'colour range from real steps',
        'Padding does not stretch the colours',
        look('rangeWithoutPadding'),
      ),
      table: makeSwitch('table-view', 'table', 'Numbers in place of the picture', look('table')),
    };
    const { hidePadding, rangeWithoutPadding, table } = this.#looks;
    this.root = element(
      'div',
      { class: 'toggles', role: 'group', 'aria-label': 'How it is computed and drawn' },
      ...[this.#relu, this.#maskedAlpha, this.#maskedModel, hidePadding, rangeWithoutPadding, table].map(
        ({ root }) => root,
      ),
    );
  }

  show({ explanation, methods }: PanelView): void {
    const method = methods.find(({ id }) => id === explanation.method);
    this.#relu.box.checked = explanation.relu;
    this.#maskedAlpha.box.checked = explanation.maskedAlpha;
    this.#maskedModel.box.checked = explanation.maskedModel;
    this.#relu.box.disabled = method?.relu === false;
    label(this.#relu.root, 'title', method?.relu === false ? `${method.label} is always signed` : reluTitle);
    // Where nothing is summed over positions, there is nothing padding could leak into.
    const realOnly = method?.realOnly ?? null;
    this.#maskedAlpha.box.disabled = realOnly === null;
    label(
      this.#maskedAlpha.root,
      'title',
      realOnly === null ? `${method?.label}: nothing is summed over positions` : `On: ${realOnly}`,
    );
  }

  showLook(look: PanelLook): void {
    for (const name of ['hidePadding', 'rangeWithoutPadding', 'table'] as const)
      this.#looks[name].box.checked = look[name];
  }
}

function makeSwitch(id: string, label: string, title: string, changed: (on: boolean) => void): Switch {
  const box = element('input', { type: 'checkbox', id });
  box.addEventListener('change', () => changed(box.checked));
  return {
    root: element('label', { class: 'toggle', title }, box, icon('check'), element('span', {}, label)),
    box,
  };
}
