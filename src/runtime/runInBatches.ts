import type { LoadedGraph, Tensors } from '../graph/runtime.ts';
import { elementCount, type Tensor } from '../graph/tensor.ts';
import { Refusal } from '../refusal.ts';

/**
 * Runs N instances through a session in groups and puts the outputs together again. Axis 0 of every feed and of every
 * output is the instances.
 * @param batch `fixed`: the model takes exactly `size` (the last group is filled up by repeating its last instance);
 *   `upTo`: groups of at most `size`, to bound the memory.
 * @throws Refusal `batch-mismatch` when feeds or outputs disagree about N.
 */
export async function runInBatches(
  session: LoadedGraph,
  feeds: Tensors,
  batch: { readonly kind: 'fixed' | 'upTo'; readonly size: number },
  outputs?: readonly string[],
): Promise<Tensors> {
  const count = commonCount(feeds);
  if (batch.kind === 'upTo' && count <= batch.size) {
    return session.run(feeds, outputs);
  }
  const groups: { readonly results: Tensors; readonly rows: number }[] = [];
  for (let from = 0; from < count; from += batch.size) {
    const rows = Math.min(batch.size, count - from);
    const size = batch.kind === 'fixed' ? batch.size : rows;
    const group = Object.fromEntries(
      Object.entries(feeds).map(([name, value]) => [name, takeRows(value, from, rows, size)]),
    );
    groups.push({ results: await session.run(group, outputs), rows });
  }
  const names = Object.keys(groups[0]?.results ?? {});
  return Object.fromEntries(names.map((name) => [name, joinRows(name, groups, batch)]));
}

function commonCount(feeds: Tensors): number {
  const counts = new Set(Object.values(feeds).map((feed) => feed.dims[0] ?? 0));
  const [count] = counts;
  if (count === undefined || counts.size > 1 || count === 0) {
    throw new Refusal(
      'batch-mismatch',
      `The inputs hold different numbers of instances: ${[...counts].join(', ')}.`,
    );
  }
  return count;
}

function takeRows(source: Tensor, from: number, rows: number, size: number): Tensor {
  const width = elementCount(source.dims.slice(1));
  const data = source.data.slice(from * width, (from + size) * width);
  const dims = [size, ...source.dims.slice(1)];
  if (rows === size) {
    return { ...source, dims, data };
  }
  const filled = emptyLike(data, size * width);
  setValues(filled, data, 0);
  const last = data.subarray((rows - 1) * width, rows * width);
  for (let row = rows; row < size; row++) {
    setValues(filled, last, row * width);
  }
  return { ...source, dims, data: filled };
}

function joinRows(
  name: string,
  groups: readonly { readonly results: Tensors; readonly rows: number }[],
  batch: { readonly kind: 'fixed' | 'upTo'; readonly size: number },
): Tensor {
  const parts = groups.map(({ results, rows }) => {
    const part = results[name]!;
    if (part.dims[0] !== (batch.kind === 'fixed' ? batch.size : rows)) {
      throw new Refusal(
        'batch-mismatch',
        `The output "${name}" does not have the instances on its first axis.`,
      );
    }
    const width = elementCount(part.dims.slice(1));
    return { part, data: part.data.subarray(0, rows * width), rows };
  });
  const first = parts[0]!.part;
  const total = parts.reduce((sum, { data }) => sum + data.length, 0);
  const joined = emptyLike(first.data, total);
  let at = 0;
  for (const { data } of parts) {
    setValues(joined, data, at);
    at += data.length;
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return { ...first, dims: [rows, ...first.dims.slice(1)], data: joined };
}

function emptyLike(data: Tensor['data'], length: number): Tensor['data'] {
  return new (data.constructor as new (length: number) => Tensor['data'])(length);
}

function setValues(target: Tensor['data'], source: Tensor['data'], at: number): void {
  (target as Float32Array).set(source as Float32Array, at);
}
