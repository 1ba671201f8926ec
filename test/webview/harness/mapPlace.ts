import type { PanelPage } from './panelPage.ts';
import { Picture } from './picture.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the columns and rows of the map lie on the page, asked from the page by walking to its corners. */
export class MapPlace {
  private constructor(
    private readonly first: Box,
    private readonly last: Box,
    private readonly size: { rows: number; columns: number },
  ) {}

  /** Frames are only as small as their cell while a cell is larger than 7 px: use small maps. */
  static async of(panel: PanelPage, size: { rows: number; columns: number }): Promise<MapPlace> {
    const map = panel.page.locator('#heatmap');
    const frame = panel.page.locator('#cell-frame');
    await map.focus();
    for (const key of ['Home', ...Array<string>(size.rows).fill('ArrowUp')]) await map.press(key);
    const first = (await frame.boundingBox())!;
    for (const key of ['End', ...Array<string>(size.rows).fill('ArrowDown')]) await map.press(key);
    const last = (await frame.boundingBox())!;
    await map.press('Escape');
    return new MapPlace(first, last, size);
  }

  cell(row: number, step: number): Box {
    const { rows, columns } = this.size;
    const between = (from: number, to: number, i: number, count: number) =>
      count > 1 ? from + ((to - from) * i) / (count - 1) : from;
    return {
      x: between(this.first.x, this.last.x, step, columns),
      y: between(this.first.y, this.last.y, row, rows),
      width: this.first.width,
      height: this.first.height,
    };
  }

  middle(row: number, step: number): { x: number; y: number } {
    const { x, y, width, height } = this.cell(row, step);
    return { x: x + width / 2, y: y + height / 2 };
  }
}

export async function photograph(panel: PanelPage): Promise<Picture> {
  return Picture.read(await panel.page.screenshot());
}
