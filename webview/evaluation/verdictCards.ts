import type { Evaluation, EvaluationVerdict } from '../../src/evaluation/evaluation.ts';
import { type Sign, verdictCardRow } from '../sections/verdictCard.ts';

const TITLES = {
  order: 'Order of cells',
  weights: 'Weights',
  sum: 'Sum',
  truth: 'Truth',
} as const satisfies Record<keyof Evaluation['verdicts'], string>;

const QUESTIONS = {
  order: 'Does the answer change faster when the map’s highest cells go than when random ones do?',
  weights: 'Does the map change when what was learned is taken out of the weights?',
  sum: 'Does the map add up to what it must add up to?',
  truth: 'Does the map find the cells that are known to make the class?',
} as const satisfies Record<keyof Evaluation['verdicts'], string>;

/** Sign and tone of an answer; the word itself always stands beside them. */
const SIGNS: Readonly<Record<EvaluationVerdict['answer'], Sign>> = {
  'better than random': ['good', 'pass'],
  'no better than random': ['bad', 'error'],
  'depends on the replacement': ['warn', 'warning'],
  'rests on the weights': ['good', 'pass'],
  'does NOT rest on the weights': ['bad', 'error'],
  'adds up': ['good', 'pass'],
  'does not add up': ['warn', 'warning'],
  'not defined': ['open', 'dash'],
  'finds the truth': ['good', 'pass'],
  'misses the truth': ['warn', 'warning'],
  'no truth given': ['open', 'dash'],
  'cannot tell': ['open', 'question'],
};

/** The four verdicts side by side: never one score. */
export function evaluationCards({ verdicts }: Evaluation): HTMLElement {
  const names = Object.keys(TITLES) as (keyof Evaluation['verdicts'])[];
  return verdictCardRow(
    names.map((name) => ({
      name,
      title: TITLES[name],
      question: QUESTIONS[name],
      answer: verdicts[name].answer,
      reason: verdicts[name].reason,
      sign: SIGNS[verdicts[name].answer],
    })),
  );
}
