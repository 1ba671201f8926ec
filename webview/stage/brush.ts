import type { CellSelection } from '../../src/views/panel/contract.ts';
import type { Cell } from '../map/cell.ts';

/** A rectangle of cells: the corner it was begun at, and the one under the hand. */
export interface Brush {
  readonly anchor: Cell;
  readonly corner: Cell;
}

/** Columns and rows of a brush, the ends exclusive. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

/** A brush that begins or ends above or below the map's rows goes over all of them. */
export function blockOf({ anchor, corner }: Brush, rows: number): Block {
  const steps = [anchor.step, corner.step].sort((a, b) => a - b) as [number, number];
  const whole = rows === 1 || anchor.feature === null || corner.feature === null;
  const lines = whole ? [0, rows - 1] : [anchor.feature!, corner.feature!].sort((a, b) => a - b);
  return { from: steps[0], to: steps[1] + 1, top: lines[0]!, bottom: lines[1]! + 1 };
}

/** The steps and features of a block; all features where it goes over all rows. */
export function cellsIn({ from, to, top, bottom }: Block, rows: number): CellSelection {
  const every = bottom - top === rows;
  return { from, to, features: every ? null : Array.from({ length: bottom - top }, (_, i) => top + i) };
}

/** The block that holds some cells. */
export function blockAround({ from, to, features }: CellSelection, rows: number): Block {
  const lines = rows === 1 || !features?.length ? [0, rows - 1] : features;
  return { from, to, top: Math.min(...lines), bottom: Math.max(...lines) + 1 };
}
