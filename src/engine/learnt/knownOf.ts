import { type LearntFrom, learntFrom } from '../../repair/learntFrom.ts';
import { learntSeries, printsOf } from '../../repair/learntSeries.ts';
import { PRINT, PrintBook } from '../../training/seriesPrint.ts';
import type { OpenModel } from '../models.ts';

/** Data that a model has learnt from, with its series where the model's file keeps what they are known again by. */
export interface Known extends LearntFrom {
  /** Absent where the model's file keeps nothing but the SHA-256 of the data. */
  readonly series?: { readonly book: PrintBook; readonly isPart: boolean };
}

const known = new WeakMap<ReadonlyMap<string, string>, readonly Known[]>();

/** What a model says it has learnt from: repairs before trainings. */
export function knownOf({ classifier }: Pick<OpenModel, 'classifier'>): readonly Known[] {
  const { metadata } = classifier.graph;
  if (metadata === undefined) return [];
  const before = known.get(metadata);
  if (before) return before;
  const kept = new Map(learntSeries(metadata).map((one) => [`${one.by} ${one.sha256}`, one]));
  const found = new Map(learntFrom(metadata).map((one) => [`${one.by} ${one.sha256}`, one]));
  const all = [...found].map(([key, one]): Known => {
    const series = kept.get(key);
    if (!series) return one;
    const prints = printsOf(series);
    return { ...one, series: { book: new PrintBook(prints), isPart: series.of > prints.length / PRINT } };
  });
  const sorted = all.sort((a, b) => Number(a.by === 'train') - Number(b.by === 'train'));
  known.set(metadata, sorted);
  return sorted;
}
