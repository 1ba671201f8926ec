import type { Raster } from '../attribution/explanation.ts';
import type { Row } from '../attribution/feeds.ts';
import type { LogitAnswers } from '../padding/auditModel.ts';
import type { CompletenessCheck } from './completeness.ts';
import type { EvaluationCase } from './evaluationCase.ts';

/** What an evaluation asks of a model; the engine answers with sessions, tests with rules written by hand. */
export interface EvaluationModel {
  /** @param inputs each [F, T], with the mask of its case for a model that takes it */
  ask(inputs: Iterable<Row>): Promise<LogitAnswers>;
  /** Layers with weights, or groups of them, from the input to the logits. */
  readonly stages: readonly WeightStage[];
  /**
   * The signed maps (no ReLU) of the same classes, after the weights of `stages` have been drawn anew.
   * @param stages positions in `stages`; none of them: the untouched maps
   * @param draw same number, same weights
   */
  randomisedMaps(
    cases: readonly EvaluationCase[],
    stages: readonly number[],
    draw: number,
  ): Promise<readonly Raster[]>;
  /** Whether the map of a method adds up to something, and to what; a string says why not. */
  completeness(cases: readonly EvaluationCase[]): Promise<CompletenessCheck | string>;
}

/** Weights that are drawn anew together. */
export interface WeightStage {
  readonly name: string;
  /** Between the layer of the map and the logits: it acts on the gradient only. */
  readonly above: boolean;
}
