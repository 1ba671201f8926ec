import type { MaskedSeries, SizedSeries } from '../preprocess/case.ts';

/** Cells rows[0]…rows[1] × columns[0]…columns[1] of a series [F, T], ends exclusive. */
export interface Rectangle {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

/** Whether a window holds anything else in `absent` [F, T] than in x. */
export function changes(
  { rows, columns }: Rectangle,
  x: Float32Array,
  absent: Float32Array,
  steps: number,
): boolean {
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let i = row * steps + columns[0]; i < row * steps + columns[1]; i++) {
      if (x[i] !== absent[i]) return true;
    }
  }
  return false;
}

/** x with each window in turn replaced by what stands there in `absent` [F, T]. */
export function* withoutEach(
  windows: readonly Rectangle[],
  { x, mask, steps }: SizedSeries,
  absent: Float32Array,
): Generator<MaskedSeries> {
  for (const { rows, columns } of windows) {
    const without = x.slice();
    for (let row = rows[0]; row < rows[1]; row++) {
      const from = row * steps + columns[0];
      without.set(absent.subarray(from, row * steps + columns[1]), from);
    }
    yield { x: without, mask };
  }
}
