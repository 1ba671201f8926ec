import type { Explanation, StepTimes } from '../../attribution/explanation.ts';
import { TimeScale } from '../../attribution/timeScale.ts';
import { formatNumber } from '../../format.ts';
import type { ColourRange } from '../../raster/colourRange.ts';
import type { ColourTable } from '../../raster/colourTable.ts';
import type { Html } from '../../surfaces/html.ts';
import { at, svg } from '../../surfaces/svg.ts';
import { type Box, type Frame, LABEL, xOf } from './frame.ts';
import { colourAt, hex } from './mapCells.ts';
import { stepTicks } from './steps.ts';
import { cutToWidth, distinctEnds, textWidth } from './textWidth.ts';

/** Numbers of the steps below the map, or the times of the file, a short tick at the middle of each one's column. */
export function stepAxis({ map, axis }: Frame, columns: number, time?: StepTimes): Html {
  const scale = time && new TimeScale(time);
  const ticks =
    scale?.ticks(0, columns, map.width / 64) ??
    stepTicks(columns, map.width / (textWidth(`${columns}`, LABEL) + 26)).map((value) => ({
      value,
      label: `${value}`,
    }));
  const marks = ticks.map(({ value, label }) => {
    const x = at(xOf(map, value + 0.5, columns));
    return svg`<path d="M${x} ${map.top + map.height} v4" class="axis"/><text x="${x}" y="${axis}" text-anchor="middle">${label}</text>`;
  });
  const name = scale ? cutToWidth(scale.shortTitle, LABEL, 60) : 'step';
  return svg`${marks}<text x="${map.left + map.width + 14}" y="${axis}" class="soft">${name}</text>`;
}

/** Names of the features beside their rows, every few where they would crowd. */
export function featureAxis({ map: box }: Frame, { map, signals }: Explanation): Html {
  if (map.rows === 1) {
    return svg`<text x="${box.left - 8}" y="${box.top + box.height / 2 + 4}" text-anchor="end" class="soft">time map</text>`;
  }
  const height = box.height / map.rows;
  const every = Math.max(1, Math.ceil((LABEL + 1) / height));
  const named = map.rows === signals.features.length;
  const known = distinctEnds(signals.features, LABEL, box.left - 18);
  const names = Array.from({ length: Math.ceil(map.rows / every) }, (_, i) => {
    const row = i * every;
    const name = named ? known[row]! : `row ${row}`;
    const y = at(box.top + (row + 0.5) * height + 4);
    return svg`<text x="${box.left - 8}" y="${y}" text-anchor="end">${cutToWidth(name, LABEL, box.left - 18)}</text>`;
  });
  return svg`${names}`;
}

/** The colours with their numbers, highest above. */
export function colourBar({ map }: Frame, range: ColourRange, table: ColourTable): Html {
  const box: Box = { left: map.left + map.width + 14, top: map.top, width: 12, height: map.height };
  const stops = Array.from({ length: 33 }, (_, i) => {
    const share = i / 32;
    return svg`<stop offset="${share}" stop-color="${hex(colourAt(table, (1 - share) * 254))}"/>`;
  });
  const numbers = [range.high, (range.low + range.high) / 2, range.low].map((value, i) => {
    const y = box.top + (box.height * i) / 2;
    return svg`<path d="M${box.left + box.width} ${y} h4" class="axis"/><text x="${box.left + box.width + 7}" y="${at(y + [9, 4, 0][i]!)}">${shortNumber(value)}</text>`;
  });
  return svg`<defs><linearGradient id="colours" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient></defs><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" fill="url(#colours)"/>${numbers}`;
}

/** Three significant digits: axis numbers are for the eye, the tables have all of them. */
export function shortNumber(value: number): string {
  return Number.isFinite(value) ? formatNumber(Number(value.toPrecision(3))) : formatNumber(value);
}
