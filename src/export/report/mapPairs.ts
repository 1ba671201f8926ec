import type { Raster } from '../../attribution/explanation.ts';
import { formatNumber, formatShare } from '../../format.ts';
import { type ColourRange, colourRange } from '../../raster/colourRange.ts';
import { colourTable } from '../../raster/colourTable.ts';
import type { MapPair, RepairFound } from '../../repair/repairFound.ts';
import { type Html, html } from '../../surfaces/html.ts';
import { at, svg } from '../../surfaces/svg.ts';
import type { Box } from '../picture/frame.ts';
import { mapCells } from '../picture/mapCells.ts';

const BOX: Box = { left: 0, top: 0, width: 440, height: 110 };
/** A map of time only. */
const FLAT: Box = { ...BOX, height: 36 };

/** Maps of the same instances before and after, each pair on one scale, padding behind a veil. */
export function mapPairs({ maps, zones }: RepairFound): Html {
  if (maps.length === 0 || 'unavailable' in zones) return html``;
  return html`<h2>Maps before and after at ${zones.layer}</h2><p class="soft">Grad-CAM without ReLU for the class that each predicts; both of a pair on one colour scale; padding behind a grey veil.</p>
<table><thead><tr><th>Instance</th><th>Before</th><th>After</th><th class="number">Share on padding</th><th class="number">Strongest</th></tr></thead><tbody>${maps.map(pair)}</tbody></table>`;
}

function pair({ id, mask, before, after }: MapPair): Html {
  const range = sharedRange(before, after, mask);
  return html`<tr><td>${id}</td><td>${drawn(before, mask, range, 'before')}</td><td>${drawn(after, mask, range, 'after')}</td><td class="number">${onPadding(before, mask)} → ${onPadding(after, mask)}</td><td class="number">±${formatNumber(range.high)}</td></tr>`;
}

/** Share of |map| on padded steps. */
function onPadding({ values, columns }: Raster, mask: Uint8Array): string {
  let [all, padding] = [0, 0];
  for (const [i, value] of values.entries()) {
    all += Math.abs(value);
    if (mask[i % columns] !== 1) padding += Math.abs(value);
  }
  return all > 0 ? formatShare(padding / all) : '–';
}

/** Symmetric about 0 where one of the two has negative values. */
function sharedRange(before: Raster, after: Raster, mask: Uint8Array): ColourRange {
  const [a, b] = [before, after].map((map) => colourRange(map, mask, false)) as [ColourRange, ColourRange];
  const signed = a.signed || b.signed;
  const high = Math.max(a.high, b.high);
  return { ...a, signed, high, low: signed ? -high : 0, allZero: a.allZero && b.allZero };
}

function drawn(map: Raster, mask: Uint8Array, range: ColourRange, when: string): Html {
  const box = map.rows === 1 ? FLAT : BOX;
  const { shapes } = mapCells(map, range, colourTable(range.signed, 'light'), box);
  const real = mask.reduce((sum, one) => sum + one, 0);
  const width = box.width / mask.length;
  const veils = runsOfPadding(mask).map(
    ([from, to]) =>
      svg`<rect x="${at(from * width)}" y="0" width="${at((to - from) * width)}" height="${box.height}" fill="#888" fill-opacity="0.35"/>`,
  );
  return svg`<svg viewBox="0 0 ${box.width} ${box.height}" width="100%" preserveAspectRatio="none" role="img" aria-label="${`Map ${when}; ${real} of ${mask.length} steps are real`}">${shapes}${veils}<rect width="${box.width}" height="${box.height}" fill="none" stroke="#888"/></svg>`;
}

/** [from, to) of every run of padding. */
function runsOfPadding(mask: Uint8Array): [number, number][] {
  const runs: [number, number][] = [];
  for (let from = 0; from < mask.length; from++) {
    if (mask[from] === 1) continue;
    let to = from;
    while (to < mask.length && mask[to] !== 1) to++;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}
