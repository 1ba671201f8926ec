import type { Graph, GraphNode } from '../../graph/graph.ts';
import { numbers, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { Tf, TfTensor } from './backend.ts';
import type { RunValue } from './value.ts';

/** What an operator gives per output: a new tensor of either side, or one of its inputs again. */
export type Result = TfTensor | Tensor | RunValue;

/**
 * Computes one node. What it makes on the backend beside its results is disposed of after it; no results are given for
 * outputs that the node does not name.
 */
export type Operator = (call: Call) => Result | readonly Result[];

/** Operators of the ONNX domain by name. */
export type Operators = Readonly<Record<string, Operator>>;

/** A refusal that names its node already. */
export class Stop extends Refusal {}

/** One node with its input values. */
export class Call {
  constructor(
    readonly tf: Tf,
    readonly node: GraphNode,
    readonly opset: number,
    readonly values: readonly (RunValue | undefined)[],
    private readonly kept: Memo,
    /**
     * Runs a graph that is an attribute of the node; it may read what the node's own graph has. The values given are
     * taken over, those it gives are the caller's.
     */
    readonly runBody: (graph: Graph, inputs: Iterable<readonly [string, RunValue]>) => RunValue[],
  ) {}

  /** Whether an optional input is given. */
  has(index: number): boolean {
    return this.values[index] !== undefined;
  }

  value(index = 0): RunValue {
    return this.values[index] ?? this.refuse(`its input ${index} is missing`);
  }

  /** All inputs that are given. */
  given(): RunValue[] {
    return this.values.filter((value) => value !== undefined);
  }

  dims(index = 0): readonly number[] {
    return this.value(index).dims;
  }

  rank(index = 0): number {
    return this.dims(index).length;
  }

  /** The input on the backend, as float32 or bool. */
  device(index = 0): TfTensor {
    const value = this.value(index);
    if (!value.onDevice && value.dtype !== 'bool') {
      this.refuse(`its input ${index} has element type ${value.dtype}, which is not supported there`);
    }
    return value.device(this.tf);
  }

  /** The input in JavaScript. */
  host(index = 0): Tensor {
    return this.value(index).host();
  }

  numbers(index: number): number[] {
    return numbers(this.host(index));
  }

  /** A number given as an input of one element. */
  number(index: number): number {
    return this.numbers(index)[0] ?? this.refuse(`its input ${index} is empty`);
  }

  /** An axis counted from the front. */
  axis(value: number, rank = this.rank()): number {
    const axis = value < 0 ? value + rank : value;
    return axis >= 0 && axis < rank ? axis : this.refuse(`it has no axis ${value}: its input has ${rank}`);
  }

  /** What depends on constants only (the inputs at `from`) is made once and lives as long as the session. */
  once(key: string, from: readonly number[], make: () => TfTensor): TfTensor {
    return from.every((index) => this.kept.constant(this.node.inputs[index] ?? ''))
      ? this.kept.once(this.node, key, make)
      : make();
  }

  refuse(why: string): never {
    const { op, name } = this.node;
    throw new Stop('model-refused', `the operator ${op} (node "${name}") stops: ${why}`);
  }
}

/** What a session keeps between runs. */
export interface Memo {
  constant(name: string): boolean;
  once(node: GraphNode, key: string, make: () => TfTensor): TfTensor;
}
