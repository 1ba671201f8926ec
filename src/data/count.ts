import { thousands } from '../format.ts';

/** `1 row`, `60 rows`, `1,200 rows`. */
export function count(n: number, noun: string): string {
  return `${thousands(n)} ${noun}${n === 1 ? '' : 's'}`;
}
