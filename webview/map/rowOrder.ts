import type { CellSelection, FileMark, PanelLook } from '../../src/views/panel/contract.ts';
import { makeScene, type PageScene } from '../scene.ts';
import { arranged, orderOf } from './arranged.ts';

/** The scene with its rows in the order of the look, and the way between rows and features. */
export class ArrangedRows {
  #order: readonly number[] | null = null;
  #of: PageScene | null = null;
  #scene: PageScene | null = null;

  scene(scene: PageScene, look: PanelLook): PageScene {
    const order = orderOf(scene.view.explanation, look);
    if (scene !== this.#of || String(order) !== String(this.#order)) {
      const { view } = scene;
      this.#scene = order ? makeScene({ ...view, explanation: arranged(view.explanation, order) }) : scene;
    }
    [this.#of, this.#order] = [scene, order];
    return this.#scene!;
  }

  featureOf(row: number | null): number | null {
    return row === null ? null : (this.#order?.[row] ?? row);
  }

  /** Rows as the features they are. */
  toFeatures(cells: CellSelection): CellSelection {
    const features = cells.features?.map((row) => this.featureOf(row)!).sort((a, b) => a - b);
    return { ...cells, features: features ?? null };
  }

  /** Features as the rows they are drawn in. */
  toRows(mark: FileMark): FileMark {
    const features = mark.cells?.features;
    if (!this.#order || !features) return mark;
    const rows = features.map((feature) => this.#order!.indexOf(feature));
    return { ...mark, cells: { ...mark.cells, features: rows } };
  }
}
