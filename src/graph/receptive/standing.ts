import { centres, type Field } from './field.ts';

/** Further beyond the ends of the input than even kernels reach. */
const OFF = 0.5;

/**
 * Where each position stands, in input steps: in the middle of its window. Where the ends of the input cut the windows on
 * one side alone (causal convolutions), positions that read it would stand before it and none at its end; then all stand
 * as much further on as the first of them lacks, so that p is at the step up to which it reads, as in a recurrence.
 * @returns [positions] may be fractional, or outside the input where a position reads nothing of it
 */
export function standing(field: Field): Float64Array {
  const all = centres(field);
  const { from, to } = field;
  const reading = [...all.keys()].filter((p) => from[p]! < to[p]!);
  const [first, last] = [reading[0], reading.at(-1)];
  if (first === undefined || last === undefined) return all;
  if (all.some((centre, p) => p > 0 && centre < all[p - 1]!)) return all;
  let [start, end] = [from[first]!, to[first]!];
  for (const p of reading) {
    start = Math.min(start, from[p]!);
    end = Math.max(end, to[p]!);
  }
  const middle = (p: number) => (from[p]! + to[p]! - 1) / 2;
  const further = all[first]! < start - OFF ? Math.min(middle(first) - all[first]!, end - 1 - all[last]!) : 0;
  const back = all[last]! > end - 1 + OFF ? Math.min(all[last]! - middle(last), all[first]! - start) : 0;
  const by = further > 0 ? further : back > 0 ? -back : 0;
  return by === 0 ? all : all.map((centre) => centre + by);
}
