import type { StepTimes, Zone, ZoneRun } from '../../attribution/explanation.ts';
import { TimeScale } from '../../attribution/timeScale.ts';
import { Html } from '../../surfaces/html.ts';
import { at, nothing, svg } from '../../surfaces/svg.ts';
import { type Box, LABEL, xOf } from './frame.ts';
import { textWidth } from './textWidth.ts';
import type { PictureTheme } from './theme.ts';

/** Runs of zones that a strip can show; a mask full of holes has more. */
const MOST_RUNS = 400;

/** Hatches of padding: one way where real steps are still read, both ways where nothing real is. */
export function hatches({ ink, paper, ground }: PictureTheme): Html {
  const strokes = (path: string, under: number) =>
    svg`<path d="${path}" stroke="${paper}" stroke-width="2.4" stroke-opacity="${under}"/><path d="${path}" stroke="${ink}" stroke-width="1" stroke-opacity="${ground === 'dark' ? 0.6 : 0.7}"/>`;
  return svg`<pattern id="MIXED" width="10" height="10" patternUnits="userSpaceOnUse">${strokes('M-2.5 2.5 L2.5 -2.5 M0 10 L10 0 M7.5 12.5 L12.5 7.5', 0.6)}</pattern><pattern id="EMPTY" width="12" height="12" patternUnits="userSpaceOnUse">${strokes('M-3 3 L3 -3 M0 12 L12 0 M9 15 L15 9 M-3 9 L3 15 M0 0 L12 12 M9 -3 L15 3', 0.4)}</pattern>`;
}

/** Padding hatched over a box, and a dashed line wherever it begins or ends. */
export function paddingOver(
  box: Box,
  zones: readonly ZoneRun[],
  columns: number,
  { ink, paper }: PictureTheme,
): Html {
  const padding = zones.filter(({ zone }) => zone !== 'REAL').slice(0, MOST_RUNS);
  const areas = padding.map(({ zone, from, to }) => {
    const left = xOf(box, from, columns);
    return svg`<rect x="${at(left)}" y="${box.top}" width="${at(xOf(box, to, columns) - left)}" height="${box.height}" fill="url(#${zone})"/>`;
  });
  const edges = zones.slice(1, MOST_RUNS).flatMap(({ zone, from }, i) => {
    if ((zone === 'REAL') === (zones[i]!.zone === 'REAL')) return [];
    const line = `M${at(xOf(box, from, columns))} ${box.top} v${box.height}`;
    return [
      svg`<path d="${line}" stroke="${paper}" stroke-width="2.5"/><path d="${line}" stroke="${ink}" stroke-width="1.2" stroke-dasharray="5 3"/>`,
    ];
  });
  return svg`${areas}${edges}`;
}

/** The zones along the steps, each with its name and steps where there is room for them. */
export function zoneStrip(
  box: Box,
  zones: readonly ZoneRun[],
  columns: number,
  theme: PictureTheme,
  time?: StepTimes,
): Html {
  const scale = time && new TimeScale(time);
  if (zones.length > MOST_RUNS) {
    return svg`<text x="${box.left}" y="${box.top + 12}" class="soft">${zones.length} zones: too many to draw</text>`;
  }
  return svg`${zones.map((run) => segment(box, run, columns, theme, scale))}`;
}

function segment(
  box: Box,
  { zone, from, to }: ZoneRun,
  columns: number,
  theme: PictureTheme,
  time?: TimeScale,
): Html {
  const left = xOf(box, from, columns);
  const width = xOf(box, to, columns) - left;
  const shape = `x="${at(left)}" y="${box.top}" width="${at(width)}" height="${box.height}"`;
  const numbers = to - from === 1 ? `${from}` : `${from}–${to - 1}`;
  const steps = time ? (time.between(from, to - 1) ?? `${to - from} steps`) : numbers;
  const label = [`${zone} ${steps}`, zone].find((text) => textWidth(text, LABEL) + 8 <= width);
  return svg`<rect ${new Html(shape)} fill="${theme.zones[zone]}" stroke="${theme.paper}"/>${texture(zone, shape)}${
    label === undefined
      ? nothing
      : svg`<text x="${at(left + width / 2)}" y="${box.top + 12}" class="zone" text-anchor="middle" stroke="${theme.zones[zone]}" stroke-width="4" paint-order="stroke">${label}</text>`
  }`;
}

function texture(zone: Zone, shape: string): Html {
  return zone === 'REAL' ? nothing : svg`<rect ${new Html(shape)} fill="url(#${zone})" opacity="0.35"/>`;
}
