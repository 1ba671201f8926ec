import type { GraphBuilder } from '../../graph/builder.ts';
import { float32, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { permuted } from '../permuted.ts';
import type { Config } from './config.ts';
import type { KerasLayer } from './model.ts';
import { type LayerValue, toFirst, toLast } from './value.ts';

/** A value of more elements per instance is no time series. */
const LARGEST_VALUE = 2 ** 24;
/** What a free axis is counted as, at least. */
const FREE_STEPS = 128;

/** The weights of every layer that has some, in the order of its `variables`. */
export type Weights = ReadonlyMap<KerasLayer, readonly Tensor[]>;

/** What a layer is called with: values, lists of them, and plain settings. */
export type KerasGiven = LayerValue | readonly KerasGiven[] | { readonly setting: unknown };

/** One call of a layer, to be written as nodes. */
export interface LayerCall {
  readonly args: readonly KerasGiven[];
  readonly kwargs: ReadonlyMap<string, KerasGiven>;
}

/** 2: Keras 2 and TensorFlow.js. They differ from 3 in some activations and in how masks are merged. */
export type KerasDialect = 2 | 3;

/** What the layers of a model know of one another. */
export interface Shared {
  /** Tensors with their axes in another order, by tensor and order. */
  readonly turned: Map<string, string>;
  /** Tensors whose mask has been taken off. */
  readonly unmasked: Set<string>;
}

/** What a layer rule writes with. */
export class LayerContext {
  readonly config: Config;

  constructor(
    readonly builder: GraphBuilder,
    readonly layer: KerasLayer,
    readonly weights: Weights,
    readonly dialect: KerasDialect,
    readonly shared: Shared = { turned: new Map(), unmasked: new Set() },
  ) {
    this.config = layer.config;
  }

  /** The same graph for a layer inside this one. */
  part(name: string): LayerContext {
    const part = this.layer.parts.get(name)!;
    return new LayerContext(this.builder, part, this.weights, this.dialect, this.shared);
  }

  has(variable: string): boolean {
    return this.layer.variables.some(({ name }) => name === variable);
  }

  /**
   * A weight as float32, of the dims the configuration asks for; null stands for any.
   * @throws Refusal `weights-mismatch`
   */
  weight(variable: string, dims: readonly (number | null)[]): Float32Array {
    const at = this.layer.variables.findIndex(({ name }) => name === variable);
    const found = this.weights.get(this.layer)?.[at];
    if (found === undefined) {
      throw new Refusal('weights-missing', `${this.config.title} has no weights "${variable}" in the file.`);
    }
    const fits =
      found.dims.length === dims.length && dims.every((dim, i) => dim === null || dim === found.dims[i]);
    if (!fits) {
      throw new Refusal(
        'weights-mismatch',
        `${this.config.title}: its "${variable}" has the shape [${found.dims.join(', ')}], but its configuration asks for [${dims.map((dim) => dim ?? '?').join(', ')}].`,
      );
    }
    return found.data as Float32Array;
  }

  weightDims(variable: string): readonly number[] {
    const at = this.layer.variables.findIndex(({ name }) => name === variable);
    return this.weights.get(this.layer)?.[at]?.dims ?? [];
  }

  constant(dims: readonly number[], data: Float32Array, hint: string): string {
    return this.builder.constant(float32(dims, data), hint);
  }

  /** The tensor in the order Keras has it. */
  keras(value: LayerValue): string {
    return value.channelsFirst ? this.#turn(value.tensor, toLast(value.dims.length)) : value.tensor;
  }

  /** The tensor as [N, C, …] where Keras has [N, …, C]. */
  first(value: LayerValue): string {
    return value.channelsFirst || value.dims.length < 3
      ? value.tensor
      : this.#turn(value.tensor, toFirst(value.dims.length));
  }

  /** The value with its tensor in the order of Keras. */
  plain(value: LayerValue): LayerValue {
    return { ...value, tensor: this.keras(value), channelsFirst: false };
  }

  /**
   * The channels, which the layer's weights are made for.
   * @throws Refusal `broken-model` where the model does not say how many there are
   */
  known(value: LayerValue, axis: number): number {
    const dim = value.dims.at(axis);
    if (typeof dim !== 'number') {
      throw new Refusal(
        'broken-model',
        `${this.config.title}: the length of axis ${axis} of its input is not known.`,
      );
    }
    return dim;
  }

  /** @throws Refusal `broken-model` for an input of another rank */
  rank(value: LayerValue, ...ranks: readonly number[]): void {
    if (!ranks.includes(value.dims.length)) {
      throw new Refusal(
        'broken-model',
        `${this.config.title} takes an input of rank ${ranks.join(' or ')}, but gets [${value.dims.map((dim) => dim ?? '?').join(', ')}].`,
      );
    }
  }

  /** @throws Refusal `model-too-big` for a value no series has, or one without any elements */
  bounded(dims: LayerValue['dims']): void {
    const elements = dims.slice(1).reduce<number>((product, dim) => product * (dim ?? FREE_STEPS), 1);
    if (elements >= 1 && elements <= LARGEST_VALUE) return;
    throw new Refusal(
      'model-too-big',
      `${this.config.title} gives the shape [${dims.map((dim) => dim ?? '?').join(', ')}], which no series that can be explained has.`,
    );
  }

  /** Between layers, so turned tensors belong to no layer and are shared by all that read them. */
  #turn(tensor: string, perm: readonly number[]): string {
    const key = `${tensor} ${perm.join()}`;
    const known = this.shared.turned.get(key);
    if (known !== undefined) return known;
    const { scope } = this.builder;
    this.builder.scope = '';
    const turned = this.builder.transpose(tensor, perm);
    this.builder.scope = scope;
    this.shared.turned.set(key, turned);
    this.shared.turned.set(`${turned} ${inverse(perm).join()}`, tensor);
    return turned;
  }
}

function inverse(perm: readonly number[]): number[] {
  return perm.map((_, axis) => perm.indexOf(axis));
}

/**
 * Values of an array under a permutation of its axes.
 * @param data row-major, of shape [dims…]
 */
export function permutedValues(
  data: Float32Array,
  dims: readonly number[],
  perm: readonly number[],
): Float32Array {
  return permuted(float32(dims, data), perm).data as Float32Array;
}
