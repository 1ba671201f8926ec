import type { Raster } from '../../attribution/explanation.ts';
import type { ColourRange } from '../../raster/colourRange.ts';
import type { ColourTable } from '../../raster/colourTable.ts';
import { pool, poolingFor } from '../../raster/pool.ts';
import { drawn, type Html } from '../../surfaces/html.ts';
import { at, nothing, svg } from '../../surfaces/svg.ts';
import { type Box, xOf } from './frame.ts';
import { png } from './png.ts';

/** Up to here cells are drawn as shapes that stay sharp at any size; more of them are one picture. */
const MOST_SHAPES = 8000;
/** Cells for each pixel of the box: pictures are printed larger than they are on screen. */
const FINENESS = 2;
/** Place in the palette of cells that are no number. */
const BLANK = 255;

interface DrawnMap {
  readonly shapes: Html;
  /** Cells that one drawn cell stands for. */
  readonly pooled: number;
}

/** The map in its colours, cells that are no number left blank. */
export function mapCells(map: Raster, range: ColourRange, table: ColourTable, box: Box): DrawnMap {
  if (range.allZero) return { shapes: nothing, pooled: 1 };
  const by = poolingFor(map, { width: FINENESS * box.width, height: FINENESS * box.height });
  const cells = pool(map, 0, map.columns, by, null);
  const places = placesOf(cells.values, range);
  const few = cells.values.length <= MOST_SHAPES;
  const shapes = few ? rects(cells, places, table, box) : image(cells, places, table, box);
  return { shapes, pooled: by.columns * by.rows };
}

/** 0..254 in the table, 255 for what is no number. */
function placesOf(values: Float32Array, { low, high }: ColourRange): Uint8Array {
  return Uint8Array.from(values, (value) => {
    if (!Number.isFinite(value)) return BLANK;
    return Math.max(0, Math.min(BLANK - 1, Math.round(((value - low) / (high - low)) * (BLANK - 1))));
  });
}

/** Neighbours of one colour are one shape. */
function rects({ rows, columns }: Raster, places: Uint8Array, table: ColourTable, box: Box): Html {
  const height = box.height / rows;
  const runs: Html[] = [];
  for (let row = 0; row < rows; row++) {
    for (let from = 0, to = 1; from < columns; from = to++) {
      const place = places[row * columns + from]!;
      while (to < columns && places[row * columns + to] === place) to++;
      if (place === BLANK) continue;
      const left = xOf(box, from, columns);
      runs.push(
        svg`<rect x="${at(left)}" y="${at(box.top + row * height)}" width="${at(xOf(box, to, columns) - left)}" height="${at(height)}" fill="${hex(colourAt(table, place))}"/>`,
      );
    }
  }
  return svg`<g shape-rendering="crispEdges">${runs}</g>`;
}

function image({ rows, columns }: Raster, places: Uint8Array, table: ColourTable, box: Box): Html {
  const palette = Array.from({ length: 256 }, (_, place) =>
    place === BLANK ? ([0, 0, 0, 0] as const) : ([...colourAt(table, place), 255] as const),
  );
  const file = Buffer.from(png({ width: columns, height: rows, pixels: places, palette })).toString('base64');
  return svg`<image x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" preserveAspectRatio="none" image-rendering="optimizeSpeed" href="data:image/png;base64,${drawn(file)}"/>`;
}

/**
 * @param place in the table, 0 to 254
 * @returns red, green, blue, 0 to 255
 */
export function colourAt(table: ColourTable, place: number): readonly [number, number, number] {
  const pixel = table[Math.round((place / (BLANK - 1)) * (table.length - 1))]!;
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

/**
 * #rrggbb.
 * @param colour red, green, blue, 0 to 255
 */
export function hex(colour: readonly number[]): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
