import { PrintBook } from './seriesPrint.ts';

/**
 * For each series the first one with the same real steps, but for rounding: alike for identical ones.
 * @param prints [13] each, see seriesPrint
 * @returns [n] positions
 */
export function firstOfSame(prints: readonly Float32Array[]): number[] {
  const book = PrintBook.of(prints);
  const firsts: number[] = [];
  for (const [i, print] of prints.entries()) {
    const first = book.find(print);
    firsts.push(first !== -1 && first < i ? firsts[first]! : i);
  }
  return firsts;
}

/** How many of so many series there are beside those that repeat one of them. */
export function differentOf(firsts: readonly number[]): number {
  return new Set(firsts).size;
}

/** Positions with the same first one together, in the order in which `order` meets the first of each. */
export function sameTogether(firsts: readonly number[], order: Iterable<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (const i of order) {
    const group = groups.get(firsts[i]!);
    if (group) group.push(i);
    else groups.set(firsts[i]!, [i]);
  }
  return [...groups.values()];
}
