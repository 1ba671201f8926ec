import { formatNumber } from '../format.ts';
import type { Explanation, Prediction } from './explanation.ts';

/** `0.973` or, of an output that is a number, its value with four digits. */
export function answerNumber(
  { probabilities, logits }: Pick<Prediction, 'probabilities' | 'logits'>,
  index: number,
  probability: (p: number) => string,
): string {
  return probabilities
    ? probability(probabilities[index] ?? Number.NaN)
    : formatNumber(logits[index] ?? Number.NaN);
}

/** As answerNumber with `p` before a probability. */
export function answerFigure(
  prediction: Pick<Prediction, 'probabilities' | 'logits'> | undefined,
  index: number,
  probability = (p: number) => p.toFixed(3),
): string {
  if (!prediction) return '?';
  return `${prediction.probabilities ? 'p ' : ''}${answerNumber(prediction, index, probability)}`;
}

/** Of outputs that are numbers: what was predicted and measured for the one that is explained. */
export interface ValueAnswer {
  /** null where the model has no other. */
  readonly output: string | null;
  readonly predicted: string;
  readonly measured: string | null;
  /** What the file has in its place, such as a class in words. */
  readonly label: string | null;
  /** predicted − measured */
  readonly error: string | null;
}

/** Undefined where the model gives classes. */
export function valueAnswer({ prediction, target, instance }: Explanation): ValueAnswer | undefined {
  if (!prediction.values) return undefined;
  const value = prediction.logits[target.index] ?? Number.NaN;
  const measured = measuredValue(instance.label);
  return {
    output: prediction.classes.length === 1 ? null : target.name,
    predicted: formatNumber(value),
    measured: measured === undefined ? null : formatNumber(measured),
    label: measured === undefined ? instance.label?.trim() || null : null,
    error: measured === undefined ? null : formatNumber(value - measured),
  };
}

/** What was measured for the explained output; undefined where a label is no number. */
export function measuredValue(label: string | undefined): number | undefined {
  const value = label === undefined || label.trim() === '' ? Number.NaN : Number(label);
  return Number.isFinite(value) ? value : undefined;
}

/** The same for files, under its key; a label that is no number under its own. */
export function measuredOrLabel(label: string | undefined): { measured?: number; label?: string } {
  const measured = measuredValue(label);
  return measured === undefined ? { label } : { measured };
}

/**
 * `predicted 3.21 · measured 3.05 (off by 0.16)`, with the output's name where there are several; `label walk` where the
 * file has words.
 */
export function valueWords({ output, predicted, measured, label, error }: ValueAnswer): string {
  const what = `predicted ${predicted}${output === null ? '' : ` for ${output}`}`;
  if (measured === null) return label === null ? what : `${what} · label ${label}`;
  return `${what} · measured ${measured} (off by ${error})`;
}

/**
 * What counts classes has no answer where outputs are numbers.
 * @param what begins the sentence: `A repair`
 */
export function needsClassesWords(what: string, model: string): string {
  return `${what} counts right answers among classes, and the outputs of ${model} are numbers; its maps and its audit are there.`;
}
