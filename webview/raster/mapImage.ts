import type { Raster } from '../../src/attribution/explanation.ts';
import type { ColourTable } from '../../src/raster/colourTable.ts';
import { type Pooling, pool, poolingFor } from '../../src/raster/pool.ts';
import type { Visible } from '../map/visible.ts';
import { paint } from './paint.ts';

/** What is painted: changing it repaints, zooming alone does not need to. */
interface Picture {
  readonly map: Raster;
  readonly range: { readonly low: number; readonly high: number };
  readonly table: ColourTable;
  /** Columns holding 0 are left blank; null leaves none. */
  readonly keep: Uint8Array | null;
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The visible part of a map as an image of one pixel a cell (or block of cells, where cells outnumber the screen's
 * pixels), stretched over the plot without smoothing. Repainted only when what is seen changes.
 */
export class MapImage {
  pooling: Pooling = { columns: 1, rows: 1 };
  #picture: Picture | null = null;
  #painted: { key: string; picture: Picture; from: number; image: HTMLCanvasElement } | null = null;

  /** Null blanks the plot. */
  set picture(picture: Picture | null) {
    this.#picture = picture;
    this.#painted = null;
  }

  draw(context: CanvasRenderingContext2D, area: Area, visible: Visible): void {
    if (!this.#picture) return;
    const [width, height] = [area.right - area.left, area.bottom - area.top];
    const ratio = context.getTransform().a || 1;
    const { image, from } = this.#image(
      this.#picture,
      visible,
      Math.round(width * ratio),
      Math.round(height * ratio),
    );
    const by = this.pooling.columns;
    context.save();
    context.imageSmoothingEnabled = false;
    context.drawImage(
      image,
      (visible.from - from) / by,
      0,
      (visible.to - visible.from) / by,
      this.#picture.map.rows / this.pooling.rows,
      area.left,
      area.top,
      width,
      height,
    );
    context.restore();
  }

  #image(picture: Picture, visible: Visible, width: number, height: number) {
    const { map } = picture;
    const cells = { columns: Math.floor(visible.to - visible.from), rows: map.rows };
    this.pooling = poolingFor(cells, { width, height });
    const by = this.pooling.columns;
    const from = Math.floor(visible.from / by) * by;
    const to = Math.min(map.columns, Math.ceil(visible.to / by) * by);
    const key = `${from} ${to} ${by} ${this.pooling.rows}`;
    if (this.#painted?.key !== key || this.#painted.picture !== picture) {
      const pooled = pool(map, from, to, this.pooling, picture.keep);
      this.#painted = { key, picture, from, image: toImage(pooled, picture) };
    }
    return this.#painted;
  }
}

function toImage(cells: Raster, { range, table }: Picture): HTMLCanvasElement {
  const image = document.createElement('canvas');
  image.width = cells.columns;
  image.height = cells.rows;
  const data = new ImageData(cells.columns, cells.rows);
  paint(cells.values, range, table, new Uint32Array(data.data.buffer));
  image.getContext('2d')!.putImageData(data, 0, 0);
  return image;
}
