import type { LayerCall, LayerContext } from './layerContext.ts';
import type { LayerValue } from './value.ts';

/** What a layer gives; several where it has several outputs. */
type Outputs = LayerValue | readonly LayerValue[];

/** How a layer of Keras becomes nodes, and what it does to a mask. */
export interface LayerRule {
  /** Nodes for one call. */
  write(context: LayerContext, input: LayerValue, call: LayerCall): Outputs;
  /** What becomes of a mask: `keeps` hands it on, `drops` forgets it, `own` sets the mask of its outputs itself. */
  readonly mask: 'keeps' | 'drops' | 'own';
  /** Calculates element by element, so neither the order of axes nor a time axis before them matters. */
  readonly elementwise?: boolean;
}

/** By class name, e.g. `Conv1D`; operations of Keras 3 have `op:` before theirs. */
export type LayerRules = Readonly<Record<string, LayerRule>>;
