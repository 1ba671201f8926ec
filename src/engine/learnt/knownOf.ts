import { type LearntFrom, learntFrom } from '../../repair/learntFrom.ts';
import { keepsSeries, type LearntSeries, printsOf, readSeries } from '../../repair/learntSeries.ts';
import { PRINT, PrintBook } from '../../training/seriesPrint.ts';
import type { OpenModel } from '../models.ts';

/** Data that a model has learnt from, with its series where the model's file keeps what they are known again by. */
export interface Known extends LearntFrom {
  /** Absent where the model's file keeps nothing but the SHA-256 of the data. */
  readonly series?: { readonly book: PrintBook; readonly isPart: boolean };
}

interface Read {
  readonly known: readonly Known[];
  /** Why the list of series is not read, or not all of it. */
  readonly unread?: string;
}

const NOTHING: Read = { known: [] };
const read = new WeakMap<ReadonlyMap<string, string>, Read>();

/** What a model says it has learnt from: repairs before trainings. */
export function knownOf(model: Pick<OpenModel, 'classifier'>): readonly Known[] {
  return readOf(model).known;
}

/** Why a model's list of the series that it has learnt from is not read: a clause after "the list"; absent where it is. */
export function unreadOf(model: Pick<OpenModel, 'classifier'>): string | undefined {
  return readOf(model).unread;
}

function readOf({ classifier }: Pick<OpenModel, 'classifier'>): Read {
  const { metadata } = classifier.graph;
  if (metadata === undefined) return NOTHING;
  const before = read.get(metadata);
  if (before) return before;
  const { series, unread } = readSeries(metadata);
  const kept = together(series);
  const all = [...together(learntFrom(metadata))].map(([key, ones]): Known => {
    const [{ some: _, ...one }] = ones;
    const lists = kept.get(key) ?? [];
    // Of two repairs with the same data one may have learnt from all of it.
    const some = ones.every((each) => each.some) && { some: true as const };
    return { ...one, ...some, ...(lists.length > 0 && { series: bookOf(lists) }) };
  });
  const sorted = all.sort((a, b) => Number(a.by === 'train') - Number(b.by === 'train'));
  const lost = keepsSeries(metadata) ? sorted.find((one) => one.series === undefined) : undefined;
  // A repair keeps what could be read of the model before it.
  const why = unread ?? (lost && `lacks those of ${lost.data}`);
  const known: Read = { known: sorted, ...(why !== undefined && sorted.length > 0 && { unread: why }) };
  read.set(metadata, known);
  return known;
}

/** Alike in what was learnt by and from. */
function together<T extends Pick<LearntFrom, 'by' | 'sha256'>>(all: readonly T[]): Map<string, [T, ...T[]]> {
  const found = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = `${one.by} ${one.sha256}`;
    const before = found.get(key);
    if (before) before.push(one);
    else found.set(key, [one]);
  }
  return found;
}

function bookOf(lists: readonly LearntSeries[]): NonNullable<Known['series']> {
  const prints = lists.map(printsOf);
  const all = new Float32Array(prints.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const some of prints) {
    all.set(some, at);
    at += some.length;
  }
  return { book: new PrintBook(all), isPart: lists.some(({ of }, k) => of > prints[k]!.length / PRINT) };
}
