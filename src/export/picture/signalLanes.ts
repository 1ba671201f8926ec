import type { Explanation } from '../../attribution/explanation.ts';
import { strongestRows } from '../../attribution/profile.ts';
import { drawn, type Html } from '../../surfaces/html.ts';
import { at, svg } from '../../surfaces/svg.ts';
import { shortNumber } from './axes.ts';
import { type Box, type Frame, LABEL, xOf } from './frame.ts';
import { cutToWidth, distinctEnds } from './textWidth.ts';
import type { PictureTheme } from './theme.ts';
import { paddingOver } from './zoneMarks.ts';

const LANES = 3;

/** Features drawn as lines: the strongest on the map, or the first where the map does not tell features apart. */
export function lanesOf({ map, padding, signals }: Explanation): number[] {
  const order =
    map.rows === signals.features.length && map.rows > 1
      ? strongestRows(map, padding.mask)
      : [...signals.features.keys()];
  return order.slice(0, LANES);
}

/** A line for each feature in a lane of its own, in the file's units where it has them. */
export function signalLanes(
  frame: Frame,
  explanation: Explanation,
  features: readonly number[],
  theme: PictureTheme,
): Html {
  const { signals, map, zones } = explanation;
  const values = signals.raw ?? signals.input;
  const names = distinctEnds(signals.features, LABEL, frame.map.left - 18);
  const lanes = features.map((feature, i) => {
    const box = frame.lanes[i]!;
    const line = values.subarray(feature * map.columns, (feature + 1) * map.columns);
    const colour = theme.series[i % theme.series.length]!;
    const [low, high] = extent(line);
    const name = cutToWidth(names[feature]!, LABEL, box.left - 22);
    return svg`<g opacity="0.5">${paddingOver(box, zones, map.columns, theme)}</g><path d="M${box.left} ${box.top + box.height + 3} h${box.width}" class="axis" stroke-opacity="0.6"/><path d="${drawn(path(line, box, low, high))}" fill="none" stroke="${colour}" stroke-width="1.4" stroke-linejoin="round" stroke-linecap="round"/><text x="${box.left - 8}" y="${box.top + box.height / 2 + 4}" text-anchor="end" class="strong" style="fill:${colour}">${name}</text><text x="${box.left + box.width + 8}" y="${box.top + 9}" class="soft">${shortNumber(high)}</text>${high > low ? svg`<text x="${box.left + box.width + 8}" y="${box.top + box.height}" class="soft">${shortNumber(low)}</text>` : svg``}`;
  });
  return svg`${lanes}`;
}

function extent(line: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of line) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** Least and most of each half pixel where steps are many, so that no peak is lost. */
function path(line: Float32Array, box: Box, low: number, high: number): string {
  const y = (value: number) =>
    box.top + (high > low ? (1 - (value - low) / (high - low)) * (box.height - 4) + 2 : box.height / 2);
  const per = Math.max(1, Math.ceil(line.length / (2 * box.width)));
  let text = '';
  let pen = 'M';
  for (let from = 0; from < line.length; from += per) {
    const block = [...line.subarray(from, from + per)].filter(Number.isFinite);
    if (block.length === 0) {
      pen = 'M';
      continue;
    }
    const x = at(xOf(box, Math.min(line.length - 0.5, from + per / 2), line.length));
    for (const value of per === 1 ? block : [Math.min(...block), Math.max(...block)]) {
      // A step that stands alone is a dot.
      text += `${pen}${x} ${at(y(value))}${pen === 'M' ? 'h0' : ''}`;
      pen = 'L';
    }
  }
  return text;
}
