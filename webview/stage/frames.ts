import type { FileMark } from '../../src/views/panel/contract.ts';
import type { Drawing } from '../chart/paddingMarks.ts';
import type { Cell } from '../map/cell.ts';
import { xOf } from '../map/hit.ts';
import type { Visible } from '../map/visible.ts';
import { type Block, type Brush, blockAround, blockOf } from './brush.ts';
import { Overlay } from './overlay.ts';
import type { Plots } from './plots.ts';

/** What is framed on the plots: the cell under the hand, the brush, and what the file has selected. */
export class Frames {
  readonly #overlay = new Overlay();
  readonly root = this.#overlay.root;
  mark: FileMark = { step: null, cells: null };
  brush: Brush | null = null;
  /** The columns there are to see: where they end before the map does, the edge is torn. */
  limits: Visible = { from: 0, to: 0 };

  constructor(
    private readonly drawing: Drawing,
    private readonly plots: Plots,
  ) {}

  cell(cell: Cell | null): void {
    const { rows } = this.drawing.scene;
    const whole = !cell || (rows > 1 && cell.feature === null);
    const top = cell && !whole && rows > 1 ? cell.feature! : 0;
    const box = cell && this.#boxOf({ from: cell.step, to: cell.step + 1, top, bottom: top + 1 }, false);
    this.#overlay.step(box ? box.left + box.width / 2 : null);
    this.#overlay.cell(whole ? null : box);
  }

  /** Mark, brush and the file's selection, where zoom and size have put them. */
  place(): void {
    const { scene } = this.drawing;
    const { step, cells } = this.mark;
    const inside = step !== null && step < scene.columns ? step : null;
    const at = inside === null ? null : this.#boxOf({ from: inside, to: inside + 1, top: 0, bottom: 1 });
    this.#overlay.mark(at ? inside : null, at?.left ?? 0, at?.width ?? 0);
    const { visible } = this.drawing;
    const { left, width } = this.plots.span;
    const isStart = this.limits.from > 0 && visible.from <= this.limits.from;
    const { bands } = this.plots;
    this.#overlay.torn('left', isStart ? left : null, bands);
    const isEnd = this.limits.to < scene.columns && visible.to >= this.limits.to;
    this.#overlay.torn('right', isEnd ? left + width : null, bands);
    this.#overlay.brush(this.brush && this.#boxOf(blockOf(this.brush, scene.rows)));
    const chosen = cells && cells.to <= scene.columns && (cells.to - cells.from > 1 || cells.features);
    this.#overlay.fileSelection(chosen ? this.#boxOf(blockAround(cells, scene.rows)) : null);
  }

  /** Where a block of cells is drawn, null where it is out of sight. @param cut at the edges of the plots */
  #boxOf({ from, to, top, bottom }: Block, cut = true) {
    const { visible, scene } = this.drawing;
    const { span, mapArea } = this.plots;
    const inSight = to > Math.floor(visible.from) && from < visible.to;
    const [left, right] = [xOf(from, span, visible), xOf(to, span, visible)];
    const [first, last] = cut
      ? [Math.max(span.left, left), Math.min(span.left + span.width, right)]
      : [left, right];
    if (!inSight || last <= first) return null;
    const row = mapArea.height / scene.rows;
    return { left: first, width: last - first, top: mapArea.top + top * row, height: (bottom - top) * row };
  }
}
