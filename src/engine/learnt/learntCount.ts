import { dataHash } from '../../data/dataHash.ts';
import type { MaskedSeries } from '../../preprocess/case.ts';
import type { LearntFrom } from '../../repair/learntFrom.ts';
import { seriesPrint } from '../../training/seriesPrint.ts';
import type { OpenModel } from '../models.ts';
import { type Known, knownOf } from './knownOf.ts';

/** How many of some series a model has learnt from, by its own word: in its repairs together, or in its training. */
export interface Learnt extends LearntFrom {
  readonly n: number;
  /** In repairs and training together. */
  readonly any: number;
  readonly of: number;
  /** By the SHA-256 of the whole file; otherwise series by series. */
  readonly whole: boolean;
  /** The repairs, or the training, one by one. */
  readonly sources: readonly LearntSourceOf[];
  /** Series that are rounded to fewer digits are not known again, so that where some are, more may be. */
  readonly atLeast: boolean;
  /** The model's file keeps some only of the series that it has learnt from. */
  readonly isPart: boolean;
  /** It has learnt from some series of the file, and nothing that is read says which: `n` is the most there can be. */
  readonly unknown: boolean;
}

/** What a model was trained or repaired with, and how that is known. */
export interface LearntSourceOf extends Pick<LearntFrom, 'by' | 'data'> {
  readonly whole: boolean;
}

/** The data that a model is looked at with. */
export interface LearntSource {
  readonly data: string;
  readonly content?: Uint8Array;
}

/** Counts which of the series that a model is looked at with it has learnt from. */
export class LearntCount {
  readonly #known: readonly Known[];
  readonly #found: number[];
  #of = 0;
  readonly #together = { repairs: 0, any: 0 };

  constructor(model: Pick<OpenModel, 'classifier'>) {
    this.#known = knownOf(model);
    this.#found = this.#known.map(() => 0);
  }

  /** @returns whether a repair has learnt from it */
  add(series: MaskedSeries): boolean {
    this.#of++;
    if (this.#known.length === 0) return false;
    const print = seriesPrint(series);
    let [byRepair, byAny] = [false, false];
    for (const [i, { by, series: kept }] of this.#known.entries()) {
      if (!kept || kept.book.find(print) === -1) continue;
      this.#found[i]!++;
      byAny = true;
      byRepair ||= by !== 'train';
    }
    this.#together.repairs += Number(byRepair);
    this.#together.any += Number(byAny);
    return byRepair;
  }

  /**
   * Of all that were added; repairs before trainings, none of which no series was learnt from.
   * @throws Refusal where the data can no longer be read; the signal's reason when cancelled
   */
  async found({ data, content }: LearntSource, signal?: AbortSignal): Promise<Learnt[]> {
    if (this.#known.length === 0) return [];
    const hash = await dataHash(data, content, signal);
    const of = this.#of;
    const each = this.#known.flatMap(({ series, ...one }, i) => {
      // Where nothing tells which of its series, it may be any.
      const whole = one.sha256 === hash && !(one.some && series);
      const n = whole ? of : this.#found[i]!;
      const unknown = whole && one.some === true;
      return n === 0 ? [] : [{ ...one, n, whole, isPart: series?.isPart ?? false, unknown }];
    });
    const any = each.some(({ whole }) => whole) ? of : this.#together.any;
    return [true, false].flatMap((isRepair): Learnt[] => {
      const all = each.filter(({ by }) => (by !== 'train') === isRepair);
      const [first, ...others] = all.toSorted((a, b) => b.n - a.n);
      if (!first) return [];
      const isPart = all.some((one) => one.isPart);
      const n = first.whole || others.length === 0 || !isRepair ? first.n : this.#together.repairs;
      return [{ ...first, n, any, of, atLeast: n < of, isPart, sources: n === first.n ? [first] : all }];
    });
  }
}

/** The same of all series at once. @throws as LearntCount.found */
export function learntFromThese(
  model: Pick<OpenModel, 'classifier'>,
  source: LearntSource,
  series: Iterable<MaskedSeries>,
  signal?: AbortSignal,
): Promise<Learnt[]> {
  const count = new LearntCount(model);
  for (const one of series) count.add(one);
  return count.found(source, signal);
}
