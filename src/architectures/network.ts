import { int, ints } from '../graph/attributes.ts';
import type { Attributes, Graph, GraphNode } from '../graph/graph.ts';
import { float32, int64, type Tensor } from '../graph/tensor.ts';
import { createRandom, type Random } from '../random.ts';

/** What a network is made for: features F, steps T, classes C. */
export interface NetworkSize {
  readonly features: number;
  readonly steps: number;
  readonly classes: number;
}

const OPSET = 17;
const INPUT = 'x';
const OUTPUT = 'logits';

/**
 * Writes a classifier layer by layer. Nodes and weights are named by their module's path, as PyTorch's exporter does:
 * node `/block/0/Conv`, weight `block.0.weight`.
 */
export class Network {
  /** [N, F, T] */
  readonly input = INPUT;
  readonly random: Random;
  private readonly nodes: GraphNode[] = [];
  private readonly constants = new Map<string, Tensor>();

  constructor(
    readonly size: NetworkSize,
    seed: number,
  ) {
    this.random = createRandom(seed);
  }

  /** One node of one output in the module at `path`; @returns the tensor's name */
  add(path: string, op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.addMany(path, op, inputs, 1, attributes)[0]!;
  }

  addMany(
    path: string,
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
  ): string[] {
    const place = `/${path.split('.').join('/')}/${op}`;
    const same = this.nodes.filter(({ name }) => name === place || name.startsWith(`${place}_`)).length;
    const name = same === 0 ? place : `${place}_${same}`;
    const names = Array.from({ length: outputs }, (_, i) => `${name}_output_${i}`);
    this.nodes.push({ op, domain: '', name, inputs, outputs: names, attributes });
    return names;
  }

  /** Weights drawn from U(−bound, bound), as PyTorch's layers begin. */
  uniform(name: string, dims: readonly number[], bound: number): string {
    const count = dims.reduce((a, b) => a * b, 1);
    const draw = () => (2 * (this.random.integer(2 ** 24) / 2 ** 24) - 1) * bound;
    return this.weight(name, float32(dims, Float32Array.from({ length: count }, draw)));
  }

  filled(name: string, size: number, value: number): string {
    return this.weight(name, float32([size], new Float32Array(size).fill(value)));
  }

  scalar(name: string, value: number): string {
    return this.weight(name, float32([], Float32Array.of(value)));
  }

  integers(name: string, values: readonly number[]): string {
    return this.weight(name, int64([values.length], values));
  }

  /** The last linear layer of pooled features [N, n] in the module at `path`, whose output are the logits [N, C]. */
  finish(path: string, pooled: string, n: number): Graph {
    const bound = 1 / Math.sqrt(n);
    const weight = this.uniform(`${path}.weight`, [this.size.classes, n], bound);
    const bias = this.uniform(`${path}.bias`, [this.size.classes], bound);
    const logits = this.add(path, 'Gemm', [pooled, weight, bias], { transB: int(1) });
    const last = this.nodes.pop()!;
    const { features, steps, classes } = this.size;
    return {
      opset: OPSET,
      irVersion: 8,
      producer: 'attribution-lens',
      nodes: [
        ...this.nodes,
        { ...last, outputs: last.outputs.map((one) => (one === logits ? OUTPUT : one)) },
      ],
      constants: this.constants,
      inputs: [{ name: INPUT, dtype: 'float32', dims: ['batch', features, steps] }],
      outputs: [{ name: OUTPUT, dtype: 'float32', dims: ['batch', classes] }],
    };
  }

  private weight(name: string, value: Tensor): string {
    this.constants.set(name, value);
    return name;
  }
}

/** Attributes of axes that an operator takes as such up to opset 17. */
export function axes(...values: number[]): Attributes {
  return { axes: ints(values), keepdims: int(0) };
}
