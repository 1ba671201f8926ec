import { listed } from '../format.ts';
import type { OutputKind } from '../graph/outputKind.ts';
import type { MaskedSeries } from '../preprocess/case.ts';
import { Refusal } from '../refusal.ts';
import { argmax, probabilitiesOf } from './probabilities.ts';

/** Whatever answers for a model: methods, audits, evaluations and repairs ask in this way. */
export interface Asker<Series extends MaskedSeries = MaskedSeries> {
  /**
   * Puts series [F, steps] to the model, in groups, in order. They are taken as they are needed, so that thousands need
   * not be kept; between two runs a cancel is heard.
   * @param count how many will come, where that is known: for the progress
   * @throws Refusal `fixed-length` where the model cannot take that many steps
   */
  ask(series: Iterable<Series>, steps: number, count?: number): Promise<Answers>;
}

/** What the model said to n series. */
export interface Answers {
  readonly classes: number;
  /** [n, C] */
  readonly logits: Float32Array;
  /** [n] */
  readonly predicted: Int32Array;
  /** [n, C] */
  readonly probabilities: Float32Array;
}

/** @param rows [C] logits of each series */
export function answersOf(rows: readonly Float32Array[], classes: number, outputIs: OutputKind): Answers {
  const logits = new Float32Array(rows.length * classes);
  const probabilities = new Float32Array(logits.length);
  for (const [i, row] of rows.entries()) {
    logits.set(row, i * classes);
    probabilities.set(probabilitiesOf(row, outputIs), i * classes);
  }
  return { classes, logits, predicted: Int32Array.from(rows, argmax), probabilities };
}

/** As answersOf. @throws Refusal `not-finite` where a logit is NaN or infinite */
export function finiteAnswers(...[rows, classes, outputIs]: Parameters<typeof answersOf>): Answers {
  const bad = rows.findIndex((row) => !row.every(Number.isFinite));
  if (bad < 0) return answersOf(rows, classes, outputIs);
  throw new Refusal(
    'not-finite',
    `The model answers instance ${bad} with logits that are not finite (${listed([...rows[bad]!].map(String))}); look for blank or very large values, or for steps that are all masked, as a replacement by zero leaves them.`,
  );
}

/** The answers to some of the series, in the order of their positions. */
export function answersAt(
  { classes, logits, predicted, probabilities }: Answers,
  at: ArrayLike<number>,
): Answers {
  const rows = (all: Float32Array) => {
    const some = new Float32Array(at.length * classes);
    for (let k = 0; k < at.length; k++)
      some.set(all.subarray(at[k]! * classes, (at[k]! + 1) * classes), k * classes);
    return some;
  };
  const chosen = Int32Array.from(at, (i) => predicted[i]!);
  return { classes, logits: rows(logits), predicted: chosen, probabilities: rows(probabilities) };
}

/** [C] of the i-th series. */
export function logitsAt({ logits, classes }: Answers, i: number): Float32Array {
  return logits.subarray(i * classes, (i + 1) * classes);
}
