import type { GraphNode } from '../graph.ts';

/**
 * Axes of a tensor whose length follows the values that go in, each with a word for that length: two axes with the
 * same word are equally long in every run. Axes that are not listed are as long as in the probe run.
 */
export type Lengths = ReadonlyMap<number, string>;

/** Nothing depends on a length. */
export const NONE: Lengths = new Map();

/** One node, with what is known about the lengths of its inputs. */
export interface LengthVisit {
  readonly node: GraphNode;
  readonly rank: number;
  lengths(input: number): Lengths;
  rankOf(input: number): number;
  /** Whether an input's values rest on the model's input. */
  moves(input: number): boolean;
  /** Written in the file; undefined for what is computed. */
  integers(input: number): readonly number[] | undefined;
  /** A word for how long an axis of an input is, also where that is fixed. */
  length(input: number, axis: number): string;
  /** A word for what an input holds: equal for the same values. */
  word(input: number): string;
}

/** Of the first output; undefined where nothing can be told: then every axis may follow the values. */
export type LengthRule = (visit: LengthVisit) => Lengths | undefined;

/** A length of its own, nowhere else. */
export function ownLength(tensor: string, axis: number): string {
  return `${tensor} axis ${axis}`;
}

/** Broadcast together, aligned at the end; where two different lengths meet the result has one of its own. */
export function together(visit: LengthVisit, inputs: readonly number[], trailing = 0): Lengths {
  const all = new Map<number, string>();
  for (const input of inputs) {
    const shift = visit.rank - trailing - (visit.rankOf(input) - trailing);
    for (const [axis, length] of visit.lengths(input)) {
      const at = axis + shift;
      if (at >= visit.rank - trailing) continue;
      const before = all.get(at);
      all.set(at, before === undefined || before === length ? length : ownLength(visit.node.outputs[0]!, at));
    }
  }
  return all;
}

/** The lengths of an input, its axes renamed; null takes one away. */
export function moved(lengths: Lengths, to: (axis: number) => number | null): Lengths {
  return new Map(
    [...lengths].flatMap(([axis, length]) => {
      const place = to(axis);
      return place === null ? [] : [[place, length] as const];
    }),
  );
}
