import type { Evaluation } from '../evaluation/evaluation.ts';
import type { WorkActivity } from './workActivity.ts';

export type EvaluationScope = 'file' | 'instance';

/** The evaluation of the map being looked at, if there is one, and what is going on with it. */
export interface EvaluationView {
  readonly scope: EvaluationScope;
  /** The last evaluation that was finished for this file. */
  readonly evaluation: Evaluation | null;
  /** Model, mask, data or picks have changed since it was made. */
  readonly outdated: boolean;
  readonly activity: WorkActivity;
  /** How many instances the file holds. */
  readonly instances: number;
}
