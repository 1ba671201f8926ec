import type { PanelLook } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace } from '../element.ts';
import { featureName } from '../map/cell.ts';
import { chosenSignals, mostLines, type PageScene } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { ChipSelect } from './chip.ts';

/** Which features are drawn as lines: each can be taken away, others added, or the strongest shown again. */
export class SignalPicker {
  readonly root = element('div', {
    class: 'signal-picker',
    id: 'signal-picker',
    role: 'group',
    'aria-label': 'Lines',
  });

  constructor(private readonly choose: (names: readonly string[] | undefined) => void) {}

  show(scene: PageScene, look: PanelLook, theme: Theme): void {
    const { explanation } = scene.view;
    const chosen = chosenSignals(scene, look.signals);
    const names = chosen.map((feature) => featureName(explanation, feature));
    const { features } = explanation.signals;
    const addable = features.filter((name) => !names.includes(name));
    const add = new ChipSelect('add-signal', 'add', (name) => this.choose([...names, name]));
    add.fill([{ value: '', text: '…' }, ...addable.map((name) => ({ value: name, text: name }))], '');
    add.root.hidden = chosen.length >= mostLines || addable.length === 0;
    const unit = explanation.signals.raw ? 'file units' : 'model input';
    replace(
      this.root,
      element('span', { class: 'dim' }, `lines (${unit})`),
      ...names.map((name, i) => this.#line(names, name, theme.series[i % theme.series.length]!)),
      add.root,
      look.signals !== undefined &&
        button(
          { class: 'text-button', id: 'strongest' },
          () => this.choose(undefined),
          scene.rows > 1 ? 'strongest' : 'first',
        ),
    );
  }

  #line(names: readonly string[], name: string, colour: string): HTMLElement {
    const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.backgroundColor = colour;
    const others = names.filter((other) => other !== name);
    return element(
      'span',
      { class: 'signal-name' },
      swatch,
      element('span', { class: 'chip-value', title: name }, name),
      others.length > 0 &&
        button(
          { class: 'icon-button', 'aria-label': `Remove ${name}`, title: `Remove ${name}` },
          () => this.choose(others),
          icon('close'),
        ),
    );
  }
}
