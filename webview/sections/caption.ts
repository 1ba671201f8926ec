import type { Explanation } from '../../src/attribution/explanation.ts';
import { optionWords } from '../../src/attribution/optionText.ts';
import { targetName } from '../../src/attribution/targetTitle.ts';
import { formatNumber } from '../../src/format.ts';
import type { Pooling } from '../../src/raster/pool.ts';
import type { PanelLook, PanelView } from '../../src/views/panel/contract.ts';
import { button, element, label, replace, say } from '../element.ts';
import { counted } from '../format.ts';
import { cropped } from '../map/cropped.ts';
import type { PageScene } from '../scene.ts';

/** The line above the map: what it is, and where a map of every feature is to be had instead. */
export class MapTitle {
  readonly root = element('h2', { class: 'map-title', id: 'map-title' });

  constructor(private readonly pickLayer: (name: string) => void) {}

  /** @param changed it is of a changed series, not of the one in the file */
  show({ explanation, methods, layers }: PanelView, changed = false): void {
    const method = methods.find(({ id }) => id === explanation.how.method);
    const { layer, target, prediction } = explanation;
    label(this.root, 'title', method?.caveat ?? '');
    const own = target.index === prediction.predicted;
    replace(
      this.root,
      changed && element('span', { class: 'differs', id: 'series-changed' }, 'Series changed'),
      element('b', {}, method?.label ?? explanation.how.method),
      method?.at === 'input' ? ' at the input ' : ` of ${layer.name} `,
      target.negative ? 'against ' : 'for ',
      element('b', {}, targetName(target)),
      !own && !prediction.values && ' (not the predicted class)',
      method?.caveat && element('span', { class: 'dim', title: method.paper }, method.caveat),
      this.#apart(explanation, layers),
    );
  }

  /** The last layer that keeps the features apart, offered beside a map that does not. */
  #apart({ map, signals }: Explanation, layers: PanelView['layers']): HTMLElement | null {
    const layer = layers.findLast(({ rank, marks }) => rank === 2 && !marks.includes('rows averaged'));
    if (map.rows > 1 || signals.features.length < 2 || !layer) return null;
    return element(
      'span',
      { class: 'dim', id: 'apart' },
      'One row for all features. ',
      button({ class: 'link' }, () => this.pickLayer(layer.name), `${layer.name} keeps them apart`),
    );
  }
}

/** Under the map: what was computed, by whom, with which options. */
export class MethodNote {
  readonly root = element('p', { class: 'method-note dim', id: 'method-note' });

  show({ explanation, methods }: PanelView): void {
    const method = methods.find(({ id }) => id === explanation.how.method);
    const facts = [
      method?.paper,
      ...optionWords(explanation.how.options ?? {}),
      explanation.how.maskedAlpha && method?.realOnly && `real steps only: ${method.realOnly}`,
    ].filter(Boolean);
    replace(this.root, element('code', {}, method?.formula ?? ''), ` · ${facts.join(' · ')}`);
  }
}

/** The line below the map: how to read its colours, and all that is not as simple as it looks. */
export class Caption {
  readonly root = element('p', { class: 'caption dim', id: 'caption' });

  show(scene: PageScene, look: PanelLook, pooling: Pooling): void {
    const { explanation } = scene.view;
    const range = look.rangeWithoutPadding ? scene.ranges.real : scene.ranges.all;
    const { receptiveField } = explanation.layer;
    // Position p is drawn at step p where a layer has as many positions as steps.
    const offset = explanation.native.columns === scene.columns ? receptiveField.start : 0;
    const { from, to } = cropped(explanation.padding.mask);
    const cut = look.cropPadding ? scene.columns - (to - from) : 0;
    const pooled = pooling.columns * pooling.rows;
    const uneven = scene.time?.uneven;
    const facts = [
      scene.time && `time: ${scene.time.title}`,
      uneven && `steps lie ${uneven} apart and are drawn evenly: the ticks stand where their time is`,
      scene.rows === 1 && 'time map, the same for every feature',
      range.signed ? 'blue negative, orange positive' : 'cividis from 0',
      'scale: this instance',
      scene.padding.length > 0 &&
        (range.over === 'real steps' ? 'padding excluded from the range' : 'padding included in the range'),
      look.rangeWithoutPadding &&
        scene.padding.length > 0 &&
        range.over === 'all steps' &&
        !range.allZero &&
        'the real steps are all zero, so the range is that of the padding',
      range.beyond !== null && `padding reaches ${formatNumber(range.beyond)}, drawn in the end colour`,
      pooled > 1 && `pooled ×${pooled}: each pixel shows the strongest of ${pooled} cells`,
      receptiveField.jump > 1 &&
        `${counted(explanation.native.columns, 'position')} of the layer, one per ${receptiveField.jump} steps, with straight lines between`,
      offset !== 0 &&
        `each position is centred ${formatNumber(Math.abs(offset))} ${Math.abs(offset) === 1 ? 'step' : 'steps'} ${offset > 0 ? 'after' : 'before'} the step it is drawn at`,
      range.notFinite > 0 && `${counted(range.notFinite, 'cell')} not a number, left blank`,
      scene.padding.length > 0 && 'hatched: padding',
      cut > 0 && `${counted(cut, 'step')} of padding cropped at the torn edge`,
    ];
    say(this.root, facts.filter(Boolean).join(' · '));
  }
}

/** Where the numbers come from. */
export class Origin {
  readonly root = element('p', { class: 'origin dim', id: 'origin' });

  show({ explanation, modelName, dataName }: PanelView): void {
    const { modelHash, runtime, version } = explanation.provenance;
    say(
      this.root,
      `${dataName} · ${modelName} ${modelHash.slice(0, 12)} · ${runtime} · Attribution Lens ${version}`,
    );
  }
}
