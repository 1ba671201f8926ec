import type { LayerCall, LayerContext } from './layerContext.ts';
import type { Value } from './value.ts';

/** What a layer gives; several where it has several outputs. */
type Outputs = Value | readonly Value[];

export interface LayerRule {
  /** Nodes for one call. */
  write(context: LayerContext, input: Value, call: LayerCall): Outputs;
  /** What becomes of a mask: `keeps` hands it on, `drops` forgets it, `own` sets the mask of its outputs itself. */
  readonly mask: 'keeps' | 'drops' | 'own';
  /** Calculates element by element, so neither the order of axes nor a time axis before them matters. */
  readonly elementwise?: boolean;
}

export type LayerRules = Readonly<Record<string, LayerRule>>;
