import type { Answers, Asker } from '../attribution/asker.ts';
import type { Case, MaskedSeries } from '../preprocess/case.ts';

/** One series put to the model. */
export interface Asked extends MaskedSeries {
  /** Position of the case whose content it is, for a model that must not judge what it has learnt from. */
  readonly content: number;
}

/** Puts series to the model, in order. @throws Refusal when the model cannot take that many steps */
export type Ask = Asker<Asked>['ask'];

/** Cases as they are, one after the other. */
export function* untouched(cases: readonly Pick<Case, 'x' | 'mask'>[]): Generator<Asked> {
  for (const [content, { x, mask }] of cases.entries()) yield { x, mask, content };
}

/** Of one class for the i-th series. */
export function probability(answers: Answers, i: number, cls: number): number {
  return answers.probabilities[i * answers.classes + cls]!;
}
