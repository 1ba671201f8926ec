import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readNpz } from '../../src/data/numpy/readNpz.ts';
import { writeNpz } from '../../src/data/numpy/writeNpz.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import type { Random } from '../../src/random.ts';

/** A set of `x` [N, F, T], `mask` [N, T], `y` [N], dealt class by class into two of its kind. */
export function halvesOf(file: string, random: Random): readonly [Uint8Array, Uint8Array] {
  const npz = readNpz(readFileSync(file), basename(file));
  const arrays = Object.fromEntries(
    npz.names.map((name): [string, Tensor] => [name, npz.get(name) as unknown as Tensor]),
  );
  const labels = Array.from(arrays.y!.data, Number);
  const halves: [number[], number[]] = [[], []];
  for (const cls of new Set(labels)) {
    const members = [...random.permutation(labels.length)].filter((i) => labels[i] === cls);
    for (const [k, i] of members.entries()) halves[k % 2]!.push(i);
  }
  const [one, other] = halves.map((rows) =>
    writeNpz(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, taken(array, rows)]))),
  );
  return [one!, other!];
}

function taken(array: Tensor, rows: readonly number[]): Tensor {
  const each = array.dims.slice(1).reduce((size, dim) => size * dim, 1);
  const data = array.data.slice(0, rows.length * each);
  for (const [k, row] of rows.entries())
    data.set(array.data.subarray(row * each, (row + 1) * each) as never, k * each);
  return { ...array, dims: [rows.length, ...array.dims.slice(1)], data } as Tensor;
}
