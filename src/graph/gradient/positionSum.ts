import { intOf } from '../attributes.ts';
import type { GraphBuilder } from '../builder.ts';
import type { Reading, ReversePass } from './backward.ts';
import { convPositionSum } from './convPositionSum.ts';
import type { PositionWeights } from './positionWeights.ts';
import { batchNormScale } from './rules/batchNorm.ts';
import { convWindow } from './rules/conv.ts';
import { reducedAxes } from './rules/reduce.ts';
import type { Step } from './step.ts';
import { sumOf } from './sum.ts';

/**
 * Σ_p w(p)·d logit / d tensor, [N, C], for a tensor [N, C, positions…]. Grad-CAM needs the gradient only through this
 * sum, and for most readers it has a closed form that spares the last and dearest backward step.
 */
export class PositionSum {
  private readonly sums = new Map<string, string>();
  private readonly builder: GraphBuilder;

  constructor(
    private readonly pass: ReversePass,
    private readonly weights: PositionWeights,
  ) {
    this.builder = pass.builder;
  }

  of(tensor: string): string {
    const known = this.sums.get(tensor);
    if (known) return known;
    const parts = this.pass.readings(tensor).map((reading) => this.ofReading(reading));
    if (parts.length === 0) {
      const rank = this.pass.path.shapes.dims(tensor)?.length ?? 3;
      parts.push(sumOverPositions(this.builder, this.pass.gradient(tensor)!, rank, this.weights));
    }
    const sum = sumOf(this.builder, parts);
    this.sums.set(tensor, sum);
    return sum;
  }

  private ofReading(reading: Reading): string {
    const { step, index } = reading;
    return (
      this.closedForm(step, index) ??
      sumOverPositions(this.builder, reading.gradient(), step.rank(index), this.weights)
    );
  }

  /** undefined where the gradient itself has to be summed. */
  private closedForm(step: Step, index: number): string | undefined {
    const output = step.output;
    switch (step.node.op) {
      case 'Identity':
        return this.of(output);
      case 'Add':
        return keepsShape(step, index) ? this.of(output) : undefined;
      case 'Concat':
        return this.channelsOf(step, index);
      case 'Conv':
        return index === 0 && isSmall(step) ? convPositionSum(step, this.weights) : undefined;
      case 'BatchNormalization':
        return index === 0 ? this.builder.add('Mul', [this.of(output), batchNormScale(step, 0)]) : undefined;
      // Each output of a maximum gives its gradient to one position (or splits it), so the sum stays what it is.
      case 'MaxPool':
        return this.weights === 'all' ? this.of(output) : undefined;
      case 'GlobalMaxPool':
        return this.weights === 'all' ? this.builder.reshape(step.gradient, [0, -1]) : undefined;
      case 'GlobalAveragePool':
        return this.ofMean(step);
      case 'ReduceMean':
        return same(reducedAxes(step), spatialAxes(step.rank(0))) ? this.ofMean(step) : undefined;
      default:
        return undefined;
    }
  }

  /** Of channels joined with others: their part of the whole sum. */
  private channelsOf(step: Step, index: number): string | undefined {
    if (step.axis(intOf(step.node, 'axis') ?? 1, step.rank(0)) !== 1) return undefined;
    const channels = step.node.inputs.map((_, input) => step.dims(input)[1]!);
    const from = channels.slice(0, index).reduce((sum, count) => sum + count, 0);
    return this.builder.slice(this.of(step.output), [1], [from], [from + channels[index]!]);
  }

  /** A mean over all positions gives each the same gradient. */
  private ofMean(step: Step): string {
    const { builder, weights } = this;
    const each = builder.reshape(step.gradient, [0, -1]);
    if (weights === 'all') return each;
    const share = step.share(0, [weights.axis + 2]);
    const counted = builder.reduce('ReduceSum', weights.name, [1], true);
    return builder.add('Mul', [each, builder.add('Mul', [counted, share])]);
  }
}

/** Σ_p w(p)·gradient(p) of a gradient [N, C, positions…] that is there in full. */
export function sumOverPositions(
  builder: GraphBuilder,
  gradient: string,
  rank: number,
  weights: PositionWeights,
): string {
  if (weights === 'all') return builder.reduce('ReduceSum', gradient, spatialAxes(rank), false);
  const kept = weights.axis + 2;
  const others = spatialAxes(rank).filter((axis) => axis !== kept);
  const line = others.length > 0 ? builder.reduce('ReduceSum', gradient, others, false) : gradient;
  return builder.squeeze(builder.add('MatMul', [line, builder.unsqueeze(weights.name, [2])]), [2]);
}

/** The closed form of a convolution holds a matrix [outputs, taps] per axis. */
const LARGEST_MATRIX = 2 ** 20;

function isSmall(step: Step): boolean {
  const { output, kernel } = convWindow(step);
  return kernel.every((taps, i) => taps * output[i]! <= LARGEST_MATRIX);
}

function spatialAxes(rank: number): number[] {
  return Array.from({ length: rank - 2 }, (_, i) => i + 2);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The input has the output's shape, nothing of it is repeated. */
function keepsShape(step: Step, index: number): boolean {
  const [input, output] = [step.input(index), step.output];
  const axes = step.seen(input).map((_, axis) => axis);
  return same(step.seen(input), step.seen(output)) && !step.follows(output, axes);
}
