import type { GraphBuilder } from '../../graph/builder.ts';
import type { OptionName } from '../methodOptions.ts';
import type { Inquiry, Maps } from './inquiry.ts';

/** What a person should know of a method, and what the rest of the house needs to know to offer it. */
export interface MethodFacts<Id extends string = string> {
  /** By which files, settings and the command line call it. */
  readonly id: Id;
  readonly label: string;
  readonly formula: string;
  readonly paper: string;
  /** What to keep in mind when reading its maps, above all about padding; one sentence. */
  readonly caveat: string;
  /** Where its map lies: on the positions of a layer, or on the features × steps of the input. */
  readonly at: 'layer' | 'input';
  readonly needsGradient: boolean;
  /** Whether "only what speaks for the class" is part of the method; the others are always signed. */
  readonly relu: boolean;
  /** What "real steps only" does to it, in half a sentence; null where nothing in it is summed over positions. */
  readonly realOnly: string | null;
  /** Whether map(A − B) = map(A) − map(B). */
  readonly isLinear: boolean;
  readonly options: readonly OptionName[];
  /** Quick enough to follow the arrow keys through a list. */
  readonly isQuick: boolean;
}

/** A map that is part of the graph: one run gives prediction and map, for many instances and classes at a time. */
export interface GraphMethod<Id extends string = string> extends MethodFacts<Id> {
  readonly kind: 'graph';
  /** Appends the signed map [N, P…] and gives its name. */
  map(builder: GraphBuilder, layer: FeatureMap): string;
}

/** A map that takes several runs of the model, or arithmetic no graph has. */
export interface RunsMethod<Id extends string = string> extends MethodFacts<Id> {
  readonly kind: 'runs';
  /** The signed maps of one instance, one per score asked for. */
  explain(inquiry: Inquiry): Promise<Maps>;
}

/** A way to a map: as part of the graph, or by asking the model several times. */
export type Method<Id extends string = string> = GraphMethod<Id> | RunsMethod<Id>;

/** One layer's tensors in the graph; the gradients are appended when first asked for. The input has one channel. */
export interface FeatureMap {
  /** A [N, C, P…] */
  readonly activation: string;
  /** Sizes of the positions P…: [T'] or [F', T']. */
  readonly positions: readonly number[];
  /** g [N, C, P…] */
  gradient(): string;
  /** [N, C] mean of g over positions, or over real positions only where that is asked for. */
  meanGradient(): string;
  /** Σ over positions of a tensor [N, C, P…], real positions only where that is asked for: [N, C]. */
  sum(tensor: string): string;
}
