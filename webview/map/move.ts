import type { Cell } from './cell.ts';

/** What the arrow keys walk on. */
export interface GridSize {
  /** 1 for a time map. */
  readonly rows: number;
  readonly columns: number;
  /** Columns one Page key jumps. */
  readonly page: number;
}

/** The cell a key leads to, held at the edges; null for keys that do not move. */
export function moved(cell: Cell, key: string, far: boolean, grid: GridSize): Cell | null {
  const stride = far ? 10 : 1;
  const row = cell.feature ?? 0;
  const to = (step: number, nextRow = row): Cell => ({
    step: Math.max(0, Math.min(grid.columns - 1, step)),
    feature: grid.rows === 1 ? null : Math.max(0, Math.min(grid.rows - 1, nextRow)),
  });
  switch (key) {
    case 'ArrowLeft':
      return to(cell.step - stride);
    case 'ArrowRight':
      return to(cell.step + stride);
    case 'ArrowUp':
      return to(cell.step, row - stride);
    case 'ArrowDown':
      return to(cell.step, row + stride);
    case 'Home':
      return to(0);
    case 'End':
      return to(grid.columns - 1);
    case 'PageUp':
      return to(cell.step - grid.page);
    case 'PageDown':
      return to(cell.step + grid.page);
    default:
      return null;
  }
}
