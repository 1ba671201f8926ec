import { namesNumberOf, saysClass } from './nameWords.ts';
import type { Sample } from './sample.ts';

/** More kinds are no classes, unless somebody says so. */
export const mostClassesByLook = 50;

/** Whole numbers of few kinds, beside columns that are none: what a class looks like. */
export function fewWholeNumbers({ profiles }: Sample, column: number): boolean {
  const { whole, distinct, filled } = profiles[column]!;
  return whole && distinct <= mostClassesByLook && (distinct * 2 <= filled || filled === 1 || distinct === 1);
}

/** The values are 0 … C−1 or 1 … C, and some come more than once. */
export function countClasses({ profiles, rows }: Sample, column: number): boolean {
  const { whole, distinct, filled } = profiles[column]!;
  if (!whole || distinct < 2 || distinct >= filled || distinct > mostClassesByLook) return false;
  const values = [...new Set(rows.map((row) => Number(row[column])))].sort((a, b) => a - b);
  return (values[0] === 0 || values[0] === 1) && values.every((value, at) => value === values[0]! + at);
}

/** Those of few whole numbers that number nothing (`stay_id`), the most telling first: by their name, by how few there are. */
export function likelyClasses(sample: Sample, columns: readonly number[]): number[] {
  const { names, profiles, named } = sample;
  return columns
    .filter((column) => fewWholeNumbers(sample, column) && !(named && namesNumberOf(names[column]!)))
    .toSorted(
      (a, b) =>
        Number(saysClass(names[b]!)) - Number(saysClass(names[a]!)) ||
        profiles[a]!.distinct - profiles[b]!.distinct,
    );
}
