import type { Answers } from '../attribution/asker.ts';
import type { Finding } from '../finding.ts';

/** Of the largest output: nearer, answers are one. */
const LEAST = 1e-6;

/**
 * Whether a model gave the same outputs for several series that are not the same.
 * @param series each [F · T], in the order of the answers
 */
export function isOneAnswer(
  series: readonly { readonly x: Float32Array }[],
  { logits, classes }: Pick<Answers, 'logits' | 'classes'>,
): boolean {
  const least = LEAST * logits.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!logits.every((value, i) => Math.abs(value - logits[i % classes]!) <= least)) return false;
  const first = series[0]?.x;
  return series.some(({ x }) => x !== first && x.some((value, i) => value !== first![i]));
}

/**
 * Warns of such a model: whatever is found to change no answer of it would be found of any series.
 * @param series each [F · T], in the order of the answers
 */
export function oneAnswerFindings(
  series: readonly { readonly x: Float32Array }[],
  answers: Pick<Answers, 'logits' | 'classes'>,
): Finding[] {
  if (!isOneAnswer(series, answers)) return [];
  const sentence = `The model gives the same answer, with the same outputs, to all ${series.length} series that were put to it: it reads nothing of them that its answer shows, so that an answer which stays when something is changed says nothing here.`;
  return [{ code: 'one-answer', severity: 'warning', sentence }];
}
