import type { GraphBuilder } from '../../graph/builder.ts';
import type { MethodId } from '../explanation.ts';

/** A way to turn activations A and gradients g = d logit / dA of one layer into a map over its positions. */
export interface Method {
  readonly id: MethodId;
  readonly label: string;
  readonly formula: string;
  readonly paper: string;
  /** What to keep in mind when reading its maps, above all about padding; one sentence. */
  readonly caveat: string;
  /** Appends the signed map [N, P…] and gives its name. */
  map(builder: GraphBuilder, layer: FeatureMap): string;
}

/** One layer's tensors in the graph; the gradients are appended when first asked for. */
export interface FeatureMap {
  /** A [N, C, P…] */
  readonly activation: string;
  /** Sizes of the positions P…: [T'] or [F', T']. */
  readonly positions: readonly number[];
  /** g [N, C, P…] */
  gradient(): string;
  /** [N, C] mean of g over positions, or over real positions only where that is asked for. */
  meanGradient(): string;
}
