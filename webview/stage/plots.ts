import { colourTable } from '../../src/raster/colourTable.ts';
import type { Pooling } from '../../src/raster/pool.ts';
import type { PanelLook } from '../../src/views/panel/contract.ts';
import { axisHeight } from '../chart/axes.ts';
import { Heatmap } from '../chart/heatmap.ts';
import { LaneHeat } from '../chart/laneHeat.ts';
import { namesApart } from '../chart/namesApart.ts';
import type { Drawing } from '../chart/paddingMarks.ts';
import { ProfileChart } from '../chart/profileChart.ts';
import { type Lane, SignalChart } from '../chart/signalChart.ts';
import { element, label, say } from '../element.ts';
import { featureName } from '../map/cell.ts';
import type { Span } from '../map/hit.ts';
import { chosenSignals } from '../scene.ts';
import { ColourBar } from './colourBar.ts';
import { layOut, type StageLayout } from './layout.ts';
import type { Band } from './overlay.ts';

/** The three charts, lined up on one step axis, and the colour bar. Made once, redrawn for every snapshot. */
export class Plots {
  readonly mapCanvas = element('canvas', { id: 'heatmap', tabindex: '0', role: 'application' });
  readonly profileLabel = element('span', { class: 'plot-label', id: 'profile-label' });
  readonly prefix = element('span', { class: 'name-prefix', id: 'name-prefix' });
  readonly mapMessage = element('p', { class: 'map-message', id: 'map-message', hidden: true });
  readonly bar = new ColourBar();
  readonly profileBox: HTMLElement;
  readonly mapBox: HTMLElement;
  readonly signalBox: HTMLElement;
  span: Span = { left: 0, width: 0 };
  readonly #heatmap: Heatmap;
  readonly #profile: ProfileChart;
  readonly #signals: SignalChart;
  #pinned: PanelLook['pinned'];
  readonly #measure = element('canvas').getContext('2d')!;

  constructor(private readonly drawing: Drawing) {
    const profile = element('canvas', { id: 'profile', 'aria-hidden': 'true' });
    const signals = element('canvas', { id: 'signals', role: 'img' });
    this.profileBox = element('div', { class: 'plot' }, profile, this.profileLabel);
    this.mapBox = element('div', { class: 'plot' }, this.mapCanvas, this.mapMessage);
    this.signalBox = element('div', { class: 'plot' }, signals);
    this.#heatmap = new Heatmap(this.mapCanvas, drawing);
    this.#profile = new ProfileChart(profile, drawing);
    this.#signals = new SignalChart(signals, drawing);
  }

  get pooling(): Pooling {
    return this.#heatmap.image.pooling;
  }

  /** Top of the stage in the page. */
  get top(): number {
    return this.mapBox.parentElement!.getBoundingClientRect().top + window.scrollY;
  }

  /** Top and height of the map's cells within the stage. */
  get mapArea(): { top: number; height: number } {
    const { top, height } = this.#heatmap.area;
    return { top: this.mapBox.offsetTop + top, height };
  }

  /** Where steps are drawn: strip, profile and map, then the lines; not their axes, nor the colour bar below the map. */
  get bands(): Band[] {
    const { top, height } = this.mapArea;
    const { offsetTop, offsetHeight } = this.signalBox;
    return [
      { top: 0, height: top + height },
      { top: offsetTop, height: offsetHeight - axisHeight },
    ];
  }

  /** Feature whose line is at a height of the stage. */
  signalAt(y: number): number | null {
    return this.#signals.featureAt(y - this.signalBox.offsetTop);
  }

  /** @param below pixels of the window's lower edge that something stands over */
  draw(look: PanelLook, width: number, below: number): void {
    const { scene, theme } = this.drawing;
    const { explanation } = scene.view;
    this.#pinned = look.pinned;
    const lanes = this.#lanes(look);
    const layout = layOut(
      { width, top: this.top, windowHeight: window.innerHeight, below },
      { rows: scene.rows, lanes: lanes.length, labelWidth: this.#labelWidth(lanes) },
    );
    this.span = { left: layout.gutter, width: width - layout.gutter - layout.right };
    const range = look.rangeWithoutPadding ? scene.ranges.real : scene.ranges.all;
    const table = colourTable(range.signed, theme.ground);
    const keep = look.hidePadding ? explanation.padding.mask : null;
    this.#heatmap.image.picture = range.allZero ? null : { map: explanation.map, range, table, keep };
    this.#signals.heat = range.allZero ? null : new LaneHeat(explanation.map, range, table);
    this.#chartsDraw(layout, lanes);
    this.bar.show(range, table, layout.barBeside);
    const beside = layout.barBeside ? { left: width - layout.right + 8, ...this.mapArea } : null;
    this.bar.place(beside, layout.gutter);
    this.#words(lanes);
  }

  move(): void {
    this.#profile.move();
    this.#heatmap.move();
    this.#signals.move();
  }

  #chartsDraw({ width, gutter, right, profile, map, signals }: StageLayout, lanes: readonly Lane[]): void {
    const { scene, theme } = this.drawing;
    const names = Array.from(scene.view.explanation.signals.features, (_, i) => this.#nameOf(i));
    this.#measure.font = `11px ${theme.font}`;
    const short = namesApart(names, gutter - 10, this.#measure);
    this.#measure.font = `600 11px ${theme.font}`;
    const bold = namesApart(names, gutter - 6, this.#measure);
    const named = lanes.map((lane) => ({ ...lane, name: bold[lane.feature] ?? lane.name }));
    this.profileBox.hidden = profile === 0;
    if (profile > 0) this.#profile.draw({ width, height: profile }, gutter, right);
    this.#heatmap.draw({ width, height: map }, gutter, right, (row) => short[row]!);
    this.#signals.draw({ width, height: signals }, gutter, right, named);
  }

  /** Without what all begin with; pinned ones are marked. */
  #nameOf(feature: number): string {
    const { explanation } = this.drawing.scene.view;
    const name = featureName(explanation, feature);
    const isPinned = this.#pinned?.includes(name) && this.drawing.scene.rows > 1;
    return `${isPinned ? '• ' : ''}${name.slice(this.drawing.scene.prefix.length)}`;
  }

  #lanes(look: PanelLook): Lane[] {
    const { scene, theme } = this.drawing;
    return chosenSignals(scene, look.signals).map((feature, i) => ({
      feature,
      name: this.#nameOf(feature),
      colour: theme.series[i % theme.series.length]!,
    }));
  }

  #labelWidth(lanes: readonly Lane[]): number {
    const { scene, theme } = this.drawing;
    this.#measure.font = `600 11px ${theme.font}`;
    const { features } = scene.view.explanation.signals;
    // Numbers at the ends of the lanes have to fit too.
    const names = [
      '−0.0000',
      ...(scene.rows > 1
        ? features.slice(0, 500).map((_, i) => this.#nameOf(i))
        : lanes.map(({ name }) => name)),
    ];
    return Math.max(...names.map((name) => this.#measure.measureText(name).width));
  }

  #words(lanes: readonly Lane[]): void {
    const { scene } = this.drawing;
    const { signals } = scene.view.explanation;
    say(this.prefix, scene.prefix && `${scene.prefix}…`);
    label(this.prefix, 'title', scene.prefix && `All features begin with ${scene.prefix}`);
    this.prefix.style.width = `${this.span.left - 8}px`;
    say(this.profileLabel, scene.rows > 1 ? 'mean over features' : 'time map');
    this.profileLabel.style.left = `${this.span.left + 6}px`;
    const unit = signals.raw ? 'in the units of the file' : 'as the model is given them';
    const lines = document.getElementById('signals');
    if (lines) label(lines, 'aria-label', `Lines of ${lanes.map((lane) => lane.name).join(', ')}, ${unit}`);
    this.mapMessage.hidden = !scene.ranges.all.allZero;
    say(
      this.mapMessage,
      scene.view.explanation.how.relu
        ? 'This map is zero everywhere: there is nothing to colour. Switch ReLU off to see whether it is all negative.'
        : 'This map is zero everywhere: there is nothing to colour.',
    );
  }
}
