import { eachSwitch, SWITCH_NAMES, SWITCHES, type SwitchName } from '../../src/attribution/switches.ts';
import type { PanelLook, PanelView } from '../../src/views/panel/contract.ts';
import { element, icon, label } from '../element.ts';
import type { Host } from '../host.ts';
import type { RowOrder } from '../map/arranged.ts';
import { ChipSelect } from './chip.ts';
import type { Section } from './section.ts';

type LookSwitch = 'hidePadding' | 'cropPadding' | 'rangeWithoutPadding' | 'table';

const orders: Readonly<Record<RowOrder, string>> = {
  model: 'as the model takes them',
  share: 'strongest first',
  name: 'by name',
  group: 'by group (all but the last word of the name), strongest first',
  lines: 'those drawn as lines first',
};

interface Switch {
  readonly root: HTMLLabelElement;
  readonly box: HTMLInputElement;
}

/** Switches: the first ones change the numbers, the last ones only how they are drawn. */
export class Toggles implements Section {
  readonly #settings: Record<SwitchName, Switch>;
  readonly #looks: Record<LookSwitch, Switch>;
  readonly #rows: ChipSelect;
  readonly root: HTMLElement;

  constructor(host: Host, change: (look: Partial<PanelLook>) => void) {
    const look = (name: LookSwitch) => (on: boolean) => change({ [name]: on });
    this.#settings = eachSwitch((name, { label }) =>
      makeSwitch(idOf(name), label, '', (on) => host.send({ kind: 'choose', choice: { what: name, on } })),
    );
    this.#looks = {
      hidePadding: makeSwitch(
        'hide-padding',
        'hide padding',
        'Leave the map on padding blank; its numbers stay',
        look('hidePadding'),
      ),
      cropPadding: makeSwitch(
        'crop-padding',
        'crop padding',
        'Long padding at the ends is cut off, with a torn edge; the numbers stay',
        look('cropPadding'),
      ),
      rangeWithoutPadding: makeSwitch(
        'range-without-padding',
        'colour range from real steps',
        'Padding does not stretch the colours',
        look('rangeWithoutPadding'),
      ),
      table: makeSwitch('table-view', 'table', 'Numbers in place of the picture', look('table')),
    };
    const looks = Object.values(this.#looks);
    this.#rows = new ChipSelect('row-order', 'rows', (rows) => change({ rows: rows as RowOrder }));
    this.#rows.fill(
      Object.entries(orders).map(([value, text]) => ({ value, text, short: value })),
      'model',
    );
    this.root = element(
      'div',
      { class: 'toggles', role: 'group', 'aria-label': 'How it is computed and drawn' },
      ...[...Object.values(this.#settings), ...looks].map(({ root }) => root),
      this.#rows.root,
    );
  }

  show({ explanation, methods }: PanelView): void {
    const { how } = explanation;
    const method = methods.find(({ id }) => id === how.method);
    for (const name of SWITCH_NAMES) {
      const { root, box } = this.#settings[name];
      const why = method ? SWITCHES[name].without(method) : null;
      box.checked = how[name];
      box.disabled = why !== null;
      label(root, 'title', why ?? (method ? SWITCHES[name].title(method) : ''));
    }
  }

  showLook(look: PanelLook): void {
    this.#rows.choose(look.rows ?? 'model');
    for (const name of Object.keys(this.#looks) as LookSwitch[]) this.#looks[name].box.checked = look[name];
  }
}

/** `maskedAlpha` → `masked-alpha`. */
function idOf(name: SwitchName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function makeSwitch(id: string, label: string, title: string, changed: (on: boolean) => void): Switch {
  const box = element('input', { type: 'checkbox', id });
  box.addEventListener('change', () => changed(box.checked));
  return {
    root: element('label', { class: 'toggle', title }, box, icon('check'), element('span', {}, label)),
    box,
  };
}
