import type { GraphBuilder } from '../builder.ts';
import type { GraphNode } from '../graph.ts';
import type { Shapes } from '../shapes.ts';
import { elementCount, numbers } from '../tensor.ts';
import type { BatchTaken } from './batchTaken.ts';
import { unsupported } from './unsupported.ts';

/** One node on the way back: the gradients of its outputs are known, those of its inputs are asked for. */
export class Step {
  constructor(
    readonly builder: GraphBuilder,
    readonly shapes: Shapes,
    readonly node: GraphNode,
    /** d logit / d output, per output; undefined where the logits do not rest on that output. */
    readonly gradients: readonly (string | undefined)[],
    /** Of a batch norm in training only. */
    readonly batch?: BatchTaken,
  ) {}

  /** Gradient of the first output. */
  get gradient(): string {
    return this.gradients[0] ?? this.refuse('only its first output can be differentiated');
  }

  /** Name of the first output. */
  get output(): string {
    return this.node.outputs[0]!;
  }

  /** Name of an input that must be there. */
  input(index: number): string {
    return this.node.inputs[index] || this.refuse(`its input ${index} is missing`);
  }

  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  /** Dims of an input as seen in the probe run. */
  dims(index: number): readonly number[] {
    return this.dimsOf(this.input(index));
  }

  outputDims(index = 0): readonly number[] {
    return this.dimsOf(this.node.outputs[index]!);
  }

  dimsOf(tensor: string): readonly number[] {
    return (
      this.builder.constantOf(tensor)?.dims ??
      this.shapes.dims(tensor) ??
      this.refuse(`the shape of "${tensor}" is not known`)
    );
  }

  rank(index: number): number {
    return this.dims(index).length;
  }

  /** Values of an integer input: written in the file, or the same in every run of this input size. */
  integers(index: number): number[] {
    const name = this.input(index);
    const constant = this.builder.constantOf(name);
    const values = constant ? numbers(constant) : this.shapes.integers(name);
    return values ? [...values] : this.refuse(`"${name}" is computed while the model runs`);
  }

  /** An axis counted from the front. */
  axis(value: number, rank: number): number {
    return value < 0 ? value + rank : value;
  }

  /** Elements of an input along `axes` together. */
  count(index: number, axes: readonly number[]): number {
    const dims = this.dims(index);
    return elementCount(axes.map((axis) => dims[axis]!));
  }

  refuse(why: string): never {
    throw unsupported(this.node, why);
  }
}
