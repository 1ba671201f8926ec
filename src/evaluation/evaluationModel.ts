import type { Asker } from '../attribution/asker.ts';
import type { Raster } from '../attribution/explanation.ts';
import type { CompletenessCheck } from './completeness.ts';
import type { ExplainedCase } from './explainedCase.ts';

/** What an evaluation asks of a model; the engine answers with sessions, tests with rules written by hand. */
export interface EvaluationModel extends Asker {
  /** Layers with weights, or groups of them, from the input to the logits. */
  readonly stages: readonly WeightStage[];
  /**
   * The signed maps (no ReLU) of the same classes, after the weights of `stages` have been drawn anew.
   * @param stages positions in `stages`; none of them: the untouched maps
   * @param draw same number, same weights
   */
  randomisedMaps(
    cases: readonly ExplainedCase[],
    stages: readonly number[],
    draw: number,
  ): Promise<readonly Raster[]>;
  /** Whether the map of a method adds up to something, and to what; a string says why not. */
  completeness(cases: readonly ExplainedCase[]): Promise<CompletenessCheck | string>;
}

/** Weights that are drawn anew together. */
export interface WeightStage {
  readonly name: string;
  /** Between the layer of the map and the logits: it acts on the gradient only. */
  readonly above: boolean;
}
