import type { GraphBuilder, Reduction } from './builder.ts';
import type { Attributes } from './graph.ts';

type Operand = Term | number;

/**
 * A float32 tensor of a graph that is being built, with the words formulas are written in: each appends a node and
 * gives its result. Operands broadcast as in ONNX; a number stands for a scalar.
 */
export class Term {
  constructor(
    private readonly builder: GraphBuilder,
    readonly name: string,
  ) {}

  /** Any operator that reads this tensor alone. */
  of(op: string, attributes: Attributes = {}): Term {
    return new Term(this.builder, this.builder.add(op, [this.name], attributes));
  }

  plus(other: Operand): Term {
    return this.with('Add', other);
  }

  minus(other: Operand): Term {
    return this.with('Sub', other);
  }

  times(other: Operand): Term {
    return this.with('Mul', other);
  }

  over(other: Operand): Term {
    return this.with('Div', other);
  }

  power(other: Operand): Term {
    return this.with('Pow', other);
  }

  negated(): Term {
    return this.of('Neg');
  }

  squared(): Term {
    return this.times(this);
  }

  root(): Term {
    return this.of('Sqrt');
  }

  size(): Term {
    return this.of('Abs');
  }

  oneMinus(): Term {
    return this.number(1).minus(this);
  }

  /** The larger of both; where they are equal, the gradient goes to the other. */
  atLeast(other: Operand): Term {
    return this.term(other).with('Max', this);
  }

  /** The smaller of both; where they are equal, the gradient goes to the other. */
  atMost(other: Operand): Term {
    return this.term(other).with('Min', this);
  }

  /** Over axes, which stay with length 1. */
  sum(axes: readonly number[]): Term {
    return this.reduced('ReduceSum', axes);
  }

  /** Over axes, which stay with length 1. */
  mean(axes: readonly number[]): Term {
    return this.reduced('ReduceMean', axes);
  }

  /** Over axes, which stay with length 1. */
  reduced(op: Reduction, axes: readonly number[]): Term {
    return new Term(this.builder, this.builder.reduce(op, this.name, axes, true));
  }

  above(other: Operand): Condition {
    return this.compared('Greater', other);
  }

  below(other: Operand): Condition {
    return this.compared('Less', other);
  }

  equals(other: Operand): Condition {
    return new Condition(this.builder, this.builder.equal(this.name, this.term(other).name));
  }

  private compared(op: string, other: Operand): Condition {
    return new Condition(this.builder, this.builder.add(op, [this.name, this.term(other).name]));
  }

  private with(op: string, other: Operand): Term {
    return new Term(this.builder, this.builder.add(op, [this.name, this.term(other).name]));
  }

  private number(value: number): Term {
    return new Term(this.builder, this.builder.scalar(value));
  }

  private term(operand: Operand): Term {
    return typeof operand === 'number' ? this.number(operand) : operand;
  }
}

/** A bool tensor of a graph that is being built. */
class Condition {
  constructor(
    private readonly builder: GraphBuilder,
    readonly name: string,
  ) {}

  and(other: Condition): Condition {
    return new Condition(this.builder, this.builder.add('And', [this.name, other.name]));
  }

  not(): Condition {
    return new Condition(this.builder, this.builder.add('Not', [this.name]));
  }

  /** `yes` where the condition holds, else `no`. */
  choose(yes: Operand, no: Operand): Term {
    const [one, other] = [yes, no].map((operand) =>
      typeof operand === 'number' ? this.builder.scalar(operand) : operand.name,
    );
    return new Term(this.builder, this.builder.add('Where', [this.name, one!, other!]));
  }

  /** 1 where the condition holds, else 0. */
  asFloat(): Term {
    return new Term(this.builder, this.builder.toFloat(this.name));
  }
}
