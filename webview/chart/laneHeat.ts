import type { Raster } from '../../src/attribution/explanation.ts';
import type { ColourTable } from '../../src/raster/colourTable.ts';
import type { Visible } from '../map/visible.ts';

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The strongest colour lets the line still be seen. */
const most = 0.6;

/** A feature's attribution as the ground its line stands on: none where it is 0, the map's colour where it is strong. */
export class LaneHeat {
  readonly #rows = new Map<number, HTMLCanvasElement>();

  constructor(
    private readonly map: Raster,
    private readonly range: { readonly low: number; readonly high: number },
    private readonly table: ColourTable,
  ) {}

  draw(context: CanvasRenderingContext2D, feature: number, area: Area, visible: Visible): void {
    const row = this.map.rows > 1 ? feature : 0;
    const image = this.#rows.get(row) ?? this.#paint(row);
    this.#rows.set(row, image);
    const { left, right, top, bottom } = area;
    context.save();
    context.imageSmoothingEnabled = false;
    const seen = visible.to - visible.from;
    context.drawImage(image, visible.from, 0, seen, 1, left, top, right - left, bottom - top);
    context.restore();
  }

  #paint(row: number): HTMLCanvasElement {
    const { columns, values } = this.map;
    const { low, high } = this.range;
    const canvas = document.createElement('canvas');
    canvas.width = columns;
    canvas.height = 1;
    const image = new ImageData(columns, 1);
    const pixels = new Uint32Array(image.data.buffer);
    const strongest = Math.max(Math.abs(low), Math.abs(high));
    const last = this.table.length - 1;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (!(strongest > 0) || Number.isNaN(value)) continue;
      const shade = Math.max(0, Math.min(last, Math.round(((value - low) / (high - low)) * last)));
      const alpha = most * Math.min(1, Math.abs(value) / strongest);
      pixels[column] = (this.table[shade]! & 0xffffff) | (Math.round(255 * alpha) << 24);
    }
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    return canvas;
  }
}
