import type { Config, Json } from './config.ts';

/** A Keras model as its configuration tells it, whatever the file: layers, and how they are called. */
export interface KerasModel {
  readonly name: string;
  /** In the order of the file. */
  readonly layers: readonly KerasLayer[];
  readonly inputs: readonly Reference[];
  readonly outputs: readonly Reference[];
}

/** A layer as the file describes it, of Keras 2 or 3. */
export interface KerasLayer {
  /** E.g. `Conv1D`; what is no layer but an operation of Keras 3 has `op:` before it, e.g. `op:Add`. */
  readonly className: string;
  /** Unique within its model. */
  readonly name: string;
  readonly config: Config;
  /** Each call makes new outputs: a shared layer has several. */
  readonly calls: readonly KerasCall[];
  readonly trainable: boolean;
  /** Weights of its own, in the order of Keras. */
  readonly variables: readonly Variable[];
  /** Layers inside it by the attribute that holds them: `cell`, `forward_layer`, `layer`, `query_dense`. */
  readonly parts: ReadonlyMap<string, KerasLayer>;
  /** For a Functional or Sequential used as a layer. */
  readonly model?: KerasModel;
}

/** A weight's name; its numbers lie in the file's weights. */
export interface Variable {
  /** As Keras names it, e.g. `kernel`. */
  readonly name: string;
  readonly trainable: boolean;
}

/** Output `index` of call `node` of a layer. */
export interface Reference {
  readonly layer: string;
  readonly node: number;
  readonly index: number;
}

/** One use of a layer: a shared layer has several. */
export interface KerasCall {
  readonly args: readonly KerasArgument[];
  readonly kwargs: ReadonlyMap<string, KerasArgument>;
}

/** What a call is given: the output of another layer, a list, or a plain setting. */
export type KerasArgument =
  | { readonly kind: 'tensor'; readonly from: Reference }
  | { readonly kind: 'list'; readonly items: readonly KerasArgument[] }
  | { readonly kind: 'value'; readonly value: Json | undefined };

/** All references an argument holds. */
export function referencesOf(argument: KerasArgument): Reference[] {
  if (argument.kind === 'tensor') return [argument.from];
  return argument.kind === 'list' ? argument.items.flatMap(referencesOf) : [];
}
