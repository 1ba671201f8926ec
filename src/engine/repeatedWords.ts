import { agree, count } from '../format.ts';
import { differentOf } from '../training/sameSeries.ts';

/** Of how many series there are few: a clause without its end. */
export function differing(different: number, all: number, file: string): string {
  if (different === 1) return `All ${all} series of ${file} are one and the same`;
  return `Of the ${all} series of ${file} ${different} differ, the ${agree(all - different, 'other repeats', 'others repeat')} one of them`;
}

/**
 * Said where identical series have different labels.
 * @param firsts [n] of the series, alike for identical ones (`firstOfSame`)
 * @param labels [n]
 */
export function otherwiseLabelled(
  firsts: readonly number[],
  labels: readonly (string | number)[],
  file: string,
): string | undefined {
  const more = new Set(firsts.map((first, i) => `${first} ${labels[i]}`)).size - differentOf(firsts);
  return more === 0
    ? undefined
    : `Among the identical series of ${file} some have different labels (${count(more, 'label')} more than different series): no model can answer all of them rightly.`;
}
