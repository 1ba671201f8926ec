import type { Thumbnails } from '../../src/overview/thumbnails.ts';
import type { ColourTable } from '../../src/raster/colourTable.ts';
import { element } from '../element.ts';

/** Padding is paler: it is no part of the series. */
const paleness = 0.45;

/** A map in small; the instance's strongest cell has the last colour. */
export function thumbnail(thumbnails: Thumbnails, at: number, table: ColourTable): HTMLCanvasElement {
  const { rows, columns, values, real } = thumbnails;
  const canvas = element('canvas', {
    class: 'thumbnail',
    'aria-hidden': 'true',
    width: columns,
    height: rows,
  });
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < rows * columns; i++) {
    const shade = table[Math.round((values[at * rows * columns + i]! / 255) * (table.length - 1))]!;
    const isReal = real[at * columns + (i % columns)] === 1;
    pixels[i] = isReal ? shade : (shade & 0xffffff) | (Math.round(255 * paleness) << 24);
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas;
}
