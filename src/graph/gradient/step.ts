import type { GraphBuilder } from '../builder.ts';
import type { GraphNode } from '../graph.ts';
import type { Shapes } from '../shapes.ts';
import { elementCount, numbers } from '../tensor.ts';
import { Term } from '../term.ts';
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
    /** A gradient of an output may be infinite. */
    readonly infinite: boolean = false,
  ) {}

  /** A tensor as part of a formula. */
  term(tensor: string): Term {
    return new Term(this.builder, tensor);
  }

  /** A number as part of a formula. */
  number(value: number): Term {
    return this.term(this.builder.scalar(value));
  }

  /** The first input. */
  get x(): Term {
    return this.term(this.input(0));
  }

  /** The first output. */
  get y(): Term {
    return this.term(this.output);
  }

  /** d logit / d y. */
  get dy(): Term {
    return this.term(this.gradient);
  }

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

  /**
   * Dims of an input, the batch as in the probe run.
   * @throws Refusal where one of them follows the values that go in
   */
  dims(index: number): readonly number[] {
    return this.fixed(this.input(index));
  }

  /** As dims, of an output. */
  outputDims(index = 0): readonly number[] {
    return this.fixed(this.node.outputs[index]!);
  }

  /** Dims as seen in the probe run, also where another input would give others. */
  seen(tensor: string): readonly number[] {
    return (
      this.builder.constantOf(tensor)?.dims ??
      this.shapes.dims(tensor) ??
      this.refuse(`the shape of "${tensor}" is not known`)
    );
  }

  rank(index: number): number {
    return this.seen(this.input(index)).length;
  }

  /** Whether the length of an axis of a tensor (of one of `axes`) is known only when the graph runs. */
  follows(tensor: string, axes: readonly number[]): boolean {
    return axes.some((axis) => this.shapes.lengths(tensor).has(axis));
  }

  /** Whether only the run tells how long an axis of an input is: it follows the values or the number of instances. */
  isOpen(index: number, axis: number): boolean {
    const tensor = this.input(index);
    return this.follows(tensor, [axis]) || this.shapes.batchAxis(tensor) === axis;
  }

  /** How long an axis of an input is when the graph runs: a tensor of one whole number. */
  lengthOf(index: number, axis: number): string {
    const { builder } = this;
    const tensor = this.input(index);
    if (!this.isOpen(index, axis)) return builder.ints([this.seen(tensor)[axis]!]);
    return builder.slice(builder.shapeOf(tensor), [0], [axis], [axis + 1]);
  }

  /** Values of an integer input that rests on constants and shapes alone. */
  integers(index: number): number[] {
    const name = this.input(index);
    const constant = this.builder.constantOf(name);
    const values = constant ? numbers(constant) : this.shapes.integers(name);
    return values ? [...values] : this.refuse(`"${name}" is computed from the values while the model runs`);
  }

  /** An axis counted from the front. */
  axis(value: number, rank: number): number {
    return value < 0 ? value + rank : value;
  }

  /** 1 / (elements of an input along `axes` together), a float. */
  share(index: number, axes: readonly number[]): string {
    const { builder } = this;
    const tensor = this.input(index);
    const dims = this.seen(tensor);
    if (!this.follows(tensor, axes)) return builder.scalar(1 / elementCount(axes.map((axis) => dims[axis]!)));
    const lengths = axes.map((axis) => builder.squeeze(this.lengthOf(index, axis), [0]));
    const count = lengths.reduce((all, length) => builder.add('Mul', [all, length]));
    return builder.add('Reciprocal', [builder.toFloat(count)]);
  }

  /** Whether an integer input is known, so that `integers` answers. */
  knows(index: number): boolean {
    const name = this.input(index);
    return this.builder.constantOf(name) !== undefined || this.shapes.integers(name) !== undefined;
  }

  private fixed(tensor: string): readonly number[] {
    const dims = this.seen(tensor);
    if (!this.follows(tensor, [...dims.keys()])) return dims;
    return this.refuse(`how long "${tensor}" is follows the values that go in`);
  }

  refuse(why: string): never {
    throw unsupported(this.node, why);
  }
}
