import type { MapOptions } from '../../attribution/mapGraph.ts';
import type { Target } from '../../attribution/score.ts';
import type { ReadyStep, Side } from '../../preprocess/step.ts';

/** What an explainer is asked for beside model and layer. */
export interface ExplainerOptions extends Omit<MapOptions, 'contrast'>, Omit<Target, 'target'> {
  /** Class index, PREDICTED for the class each instance is predicted as, or an input of the graph. */
  readonly target: number | 'input';
  readonly padding: PaddingInput;
  /** Where the padding lies when a length says how much of it there is. */
  readonly side: Side;
  /** Steps of attribution.json to be done in the graph; undefined: it takes what the model takes. */
  readonly preprocess?: readonly ReadyStep[];
}

/** How the graph is told which steps are real: not at all, by a length, by a mask. */
export type PaddingInput = 'none' | 'length' | 'mask';

/** What needs to know the real steps is told them by a length, unless something else is asked for. */
export function paddingInputOf({
  padding = 'none',
  preprocess,
  maskedAlpha,
  maskedModel,
  takesMask,
}: {
  readonly padding?: PaddingInput;
  readonly preprocess?: boolean;
  readonly maskedAlpha?: boolean;
  readonly maskedModel?: boolean;
  /** The model takes its padding mask beside the series. */
  readonly takesMask?: boolean;
}): PaddingInput {
  return padding === 'none' && (preprocess || maskedAlpha || maskedModel || takesMask) ? 'length' : padding;
}

/** All of them, for the command line and lists. */
export const PADDING_INPUTS: readonly PaddingInput[] = ['none', 'length', 'mask'];

/** Inputs and outputs of an explainer, beside the model's own input. */
export const NAMES = {
  series: 'series',
  length: 'length',
  mask: 'mask',
  target: 'target',
  logits: 'logits',
  probabilities: 'probabilities',
  predicted: 'predicted',
  explained: 'explained',
  map: 'map',
  zones: 'zones',
  shares: 'shares',
} as const;
