import { agree } from '../format.ts';

/** Of how many series there are few: a clause without its end. */
export function differing(different: number, all: number, file: string): string {
  if (different === 1) return `All ${all} series of ${file} are one and the same`;
  return `Of the ${all} series of ${file} ${different} differ, the ${agree(all - different, 'other repeats', 'others repeat')} one of them`;
}
