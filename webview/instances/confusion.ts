import { labelIndex } from '../../src/data/labelIndex.ts';
import type { OverviewInstance } from '../../src/overview/overview.ts';

/** An instance with the name of the class it is answered by. */
interface Answered {
  readonly predicted: string;
  readonly instance: Pick<OverviewInstance, 'label' | 'correct'>;
}

/** One label with one answer, and how many instances have both. */
export interface ConfusedPair {
  readonly label: string;
  readonly predicted: string;
  readonly n: number;
  /** Null where the label is none of the classes. */
  readonly right: boolean | null;
}

/** Labels against predictions. */
export interface Confusion {
  /** Labels, and answers. Both in the order of the classes, what is none of them behind. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By `[label, predicted]`; those that occur. */
  readonly pairs: ReadonlyMap<string, ConfusedPair>;
}

const most = 12;

/** The key of a pair. */
export function pairKey({ label, predicted }: Pick<ConfusedPair, 'label' | 'predicted'>): string {
  return JSON.stringify([label, predicted]);
}

/** Null where no instance has a label that can be right or wrong. @param classes names of the model's classes */
export function confusionOf(entries: readonly Answered[], classes: readonly string[]): Confusion | null {
  const pairs = new Map<string, ConfusedPair>();
  for (const { instance, predicted } of entries) {
    const { label, correct } = instance;
    if (label === null) continue;
    const key = pairKey({ label, predicted });
    pairs.set(key, { label, predicted, n: (pairs.get(key)?.n ?? 0) + 1, right: correct });
  }
  const all = [...pairs.values()];
  if (all.every(({ right }) => right === null)) return null;
  const place = (name: string) => (labelIndex(name, classes) + classes.length + 1) % (classes.length + 1);
  const inOrder = (names: readonly string[]) =>
    [...new Set(names)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  // A class that is never answered has a column, too: what should be there is missing there.
  const unanswered = classes.length > most ? [] : classes;
  return {
    rows: inOrder(all.map((pair) => pair.label)),
    columns: inOrder([...all.map(({ predicted }) => predicted), ...unanswered]),
    pairs,
  };
}

/** Of the instances with a label, how many are right. */
export function rightOf({ pairs }: Confusion, label: string): { right: number; of: number } {
  const own = [...pairs.values()].filter((pair) => pair.label === label);
  const sum = (some: readonly ConfusedPair[]) => some.reduce((total, { n }) => total + n, 0);
  return { right: sum(own.filter(({ right }) => right === true)), of: sum(own) };
}

/** The wrong pairs, the most frequent first; no more than a list takes in. */
export function mistakes({ pairs }: Confusion): ConfusedPair[] {
  const wrong = [...pairs.values()].filter(({ right }) => right === false);
  return wrong.sort((a, b) => b.n - a.n).slice(0, most);
}

/** A matrix of more rows or columns is none to look at. */
export function isTable({ rows, columns }: Confusion): boolean {
  return rows.length <= most && columns.length <= most;
}
