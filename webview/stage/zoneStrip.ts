import type { ZoneRun } from '../../src/attribution/explanation.ts';
import type { TimeScale } from '../../src/attribution/timeScale.ts';
import { formatShare } from '../../src/format.ts';
import { zoneMeaning } from '../../src/padding/zoneRuns.ts';
import { element, label, replace } from '../element.ts';
import { counted, formatSteps } from '../format.ts';
import { type Span, xOf } from '../map/hit.ts';
import type { Visible } from '../map/visible.ts';

const mostSegments = 200;

/** The zones along the step axis; each is named and textured, and its name stays in sight while zooming. */
export class ZoneStrip {
  readonly root: HTMLElement;
  #zones: readonly ZoneRun[] = [];
  #segments: { run: ZoneRun; segment: HTMLElement }[] = [];

  constructor(id = 'zones') {
    this.root = element('div', { class: 'zone-strip', role: 'img', id });
  }

  /**
   * @param perColumn steps a column stands for, where steps were pooled
   * @param shares of |map| in each run, 0..1
   * @param time the axis is in; padding without times counts steps
   */
  show(
    zones: readonly ZoneRun[],
    perColumn = 1,
    shares?: readonly number[],
    time: TimeScale | null = null,
  ): void {
    this.#zones = zones;
    const steps = (run: ZoneRun) =>
      time?.between(run.from, run.to - 1) ??
      (time ? counted(run.to - run.from, 'step') : formatSteps(run.from * perColumn, run.to * perColumn));
    const words = zones.map((run, i) => {
      const share = shares ? `, ${formatShare(shares[i]!)} of the map` : '';
      return `${run.zone} ${time ? '' : 'steps '}${steps(run)}${share}`;
    });
    label(this.root, 'aria-label', `Zones: ${words.slice(0, 12).join('; ')}`);
    this.#segments = [];
    if (zones.length > mostSegments) {
      replace(
        this.root,
        element('span', { class: 'zone-many' }, `${zones.length} zones: see the table view`),
      );
      return;
    }
    this.#segments = this.#zones.map((run, i) => ({ run, segment: segmentOf(run, steps(run), shares?.[i]) }));
    replace(this.root, ...this.#segments.map(({ segment }) => segment));
  }

  move(span: Span, visible: Visible): void {
    this.root.style.marginLeft = `${span.left}px`;
    this.root.style.width = `${span.width}px`;
    for (const { run, segment } of this.#segments) {
      const from = Math.max(0, xOf(run.from, span, visible) - span.left);
      const to = Math.min(span.width, xOf(run.to, span, visible) - span.left);
      segment.hidden = to <= from;
      segment.style.left = `${from}px`;
      segment.style.width = `${Math.max(0, to - from)}px`;
    }
  }
}

function segmentOf(run: ZoneRun, steps: string, share?: number): HTMLElement {
  const part = share === undefined ? '' : formatShare(share);
  return element(
    'div',
    {
      class: `zone zone-${run.zone.toLowerCase()}`,
      title: `${run.zone} ${steps}: ${zoneMeaning[run.zone]}${part && `; ${part} of the map`}`,
    },
    element(
      'span',
      {},
      element('b', {}, run.zone),
      element('span', { class: 'zone-steps' }, ` ${steps}`),
      part && element('span', { class: 'zone-part' }, element('span', {}, ' · '), part),
    ),
  );
}
