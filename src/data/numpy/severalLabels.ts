import { Refusal } from '../../refusal.ts';
import type { NpyArray } from './readNpy.ts';

/**
 * Labels of two axes that are neither one-hot nor shares nor measured: which column is the class, or the class of which
 * step, nothing says.
 * @throws Refusal `several-labels`
 */
export function refuseSeveralLabels(
  fileName: string,
  name: string,
  { dims, dtype }: NpyArray,
  steps: number,
): void {
  const [rows, width = 1] = dims;
  if (dims.length !== 2 || width === 1 || dtype === 'text') return;
  const what =
    width === steps
      ? `a label for each of ${steps} steps, where a series has one`
      : `${width} numbers for each series, and nothing says which is the class`;
  throw new Refusal(
    'several-labels',
    `${fileName}: array "${name}" of shape (${rows}, ${width}) holds ${what}; save the one that is, such as ${name}[:, 0] (or [N] labels of the series).`,
  );
}
