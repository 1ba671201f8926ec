import { float, floats, int, ints, text } from '../../../src/graph/attributes.ts';
import type { Attribute, Attributes, Graph, GraphNode } from '../../../src/graph/graph.ts';
import { elementCount, float32, int64, type Tensor } from '../../../src/graph/tensor.ts';

/** A few nodes from `x` to `y` whose gradient is held against finite differences. */
export interface OpCase {
  readonly title: string;
  readonly opset: number;
  readonly graph: Graph;
  /** Dims of `x`. */
  readonly dims: readonly number[];
  readonly inputs: Inputs;
}

/** grid: any sign, never near a kink at a multiple of 1/16. positive: at least 1/2. */
export type Inputs = 'grid' | 'positive';

export interface CaseOptions {
  readonly opset?: number;
  readonly inputs?: Inputs;
  readonly constants?: Readonly<Record<string, Tensor>>;
  /** The nodes take exactly this batch, e.g. for a constant of that many instances. */
  readonly fixedBatch?: boolean;
}

/** Nodes as `[op, inputs, outputs, attributes]`; inputs and outputs as words in one string (`-` leaves one out). */
export type NodeText = readonly [op: string, inputs: string, outputs: string, attributes?: Attributes];

export function opCase(
  title: string,
  dims: readonly number[],
  nodes: readonly NodeText[],
  options: CaseOptions = {},
): OpCase {
  const opset = options.opset ?? 17;
  return {
    title: `${title} (opset ${opset})`,
    opset,
    dims,
    inputs: options.inputs ?? 'grid',
    graph: {
      opset,
      irVersion: 8,
      producer: 'test',
      nodes: nodes.map(node),
      constants: new Map(Object.entries(options.constants ?? {})),
      inputs: [
        { name: 'x', dtype: 'float32', dims: [options.fixedBatch ? dims[0]! : 'batch', ...dims.slice(1)] },
      ],
      outputs: [{ name: 'y', dtype: 'float32', dims: [] }],
    },
  };
}

/** One node `op` from `x` (and constants by their names, in order) to `y`. */
export function single(
  op: string,
  dims: readonly number[],
  attributes: Attributes = {},
  options: CaseOptions = {},
): OpCase {
  const said = Object.entries(attributes).map(([key, { value }]) => `${key}=${String(value)}`);
  const inputs = ['x', ...Object.keys(options.constants ?? {})].join(' ');
  return opCase([op, ...said].join(' '), dims, [[op, inputs, 'y', attributes]], options);
}

export const on = (opsets: readonly number[], make: (opset: number) => OpCase): OpCase[] => opsets.map(make);

function node([op, inputs, outputs, attributes = {}]: NodeText, index: number): GraphNode {
  const names = (words: string) => words.split(' ').map((word) => (word === '-' ? '' : word));
  return { op, domain: '', name: `node${index}`, inputs: names(inputs), outputs: names(outputs), attributes };
}

/** Values at odd multiples of 1/32, so that none lies nearer than 1/32 to a multiple of 1/16; all differ. */
export function gridValues(count: number, seed: number): Float32Array {
  const values = Float32Array.from({ length: count }, (_, i) => (i - Math.floor(count / 2) + 0.5) / 16);
  const random = randomNumbers(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return values;
}

export function inputOf({ dims, inputs }: OpCase): Tensor {
  const values = gridValues(elementCount(dims), 5);
  return float32(dims, inputs === 'grid' ? values : values.map((value) => Math.abs(value) + 0.5));
}

/** Uniform in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Multiples of 1/16 in [-1, 1]. */
export function weights(dims: readonly number[], seed = 1): Tensor {
  const random = randomNumbers(seed);
  return float32(
    dims,
    Array.from({ length: elementCount(dims) }, () => Math.round(random() * 32 - 16) / 16),
  );
}

/** Multiples of 1/16 in [1/2, 3/2]. */
export function positive(dims: readonly number[], seed = 1): Tensor {
  const random = randomNumbers(seed);
  return float32(
    dims,
    Array.from({ length: elementCount(dims) }, () => Math.round(random() * 16 + 8) / 16),
  );
}

export const scalar = (value: number): Tensor => float32([], [value]);
export const integer = (value: number): Tensor => int64([], [value]);
export const vector = (...values: number[]): Tensor => int64([values.length], values);
export const attribute = { int, ints, float, floats, text } satisfies Record<
  string,
  (value: never) => Attribute
>;
