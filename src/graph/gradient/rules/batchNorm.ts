import { float, floatOf, intOf } from '../../attributes.ts';
import { float32 } from '../../tensor.ts';
import type { BatchTaken } from '../batchTaken.ts';
import { memo } from '../memo.ts';
import type { Rule } from '../rule.ts';
import type { Step } from '../step.ts';
import { divide, minus, multiply, plus, scalar } from '../terms.ts';

/**
 * y = scale·(x − mean)·r + shift with r = 1/√(variance + ε): d scale = Σ dy·(x − mean)·r, d shift = Σ dy,
 * d mean = −scale·r·Σ dy, d variance = −½·scale·r²·d scale, sums over instances and positions.
 */
export function batchNormBackward(step: Step): ReturnType<Rule> {
  if (intOf(step.node, 'training_mode') === 1) step.refuse('it is in training mode');
  const { builder } = step;
  const spatial = step.rank(0) - 2;
  const shift = memo(() => perChannelSum(step, step.gradient));
  const deviation = memo(() => {
    const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? 1e-5);
    return builder.add('Sqrt', [plus(step, step.input(4), epsilon)]);
  });
  const scale = memo(() => {
    const centred = minus(step, step.input(0), perChannel(step, step.input(3), spatial));
    return divide(step, perChannelSum(step, multiply(step, step.gradient, centred)), deviation());
  });
  const slope = memo(() => builder.add('Neg', [divide(step, step.input(1), deviation())]));
  return [
    () =>
      step.batch
        ? throughStatistics(step, step.batch, {
            slope: slope(),
            scale: scale(),
            shift: shift(),
            deviation: deviation(),
          })
        : multiply(step, step.gradient, batchNormScale(step, spatial)),
    scale,
    shift,
    () => multiply(step, slope(), shift()),
    () => multiply(step, divide(step, multiply(step, slope(), scale()), deviation()), scalar(step, 0.5)),
  ];
}

/**
 * Through the statistics as well (Ioffe & Szegedy 2015), m values per channel, x̂ = (x − mean)·r:
 * dx = scale·r·(dy − d shift/m − x̂·d scale/m). Padding of a masked model needs no care: dy is 0 there, and what comes
 * back to it is multiplied by the mask before it.
 */
function throughStatistics(
  step: Step,
  { count }: BatchTaken,
  sums: {
    readonly slope: string;
    readonly scale: string;
    readonly shift: string;
    readonly deviation: string;
  },
): string {
  const { builder } = step;
  const { slope, scale, shift, deviation } = sums;
  const spatial = step.rank(0) - 2;
  const factor = divide(step, multiply(step, slope, divide(step, scale, count)), deviation);
  const offset = multiply(step, slope, divide(step, shift, count));
  const channels = step.dims(0)[1]!;
  const one = builder.constant(float32([channels], new Float32Array(channels).fill(1)));
  // A batch norm of variance 1 is factor·(x − mean) + offset in one pass over the data.
  const fromStatistics = builder.add(
    'BatchNormalization',
    [step.input(0), factor, offset, step.input(3), one],
    { epsilon: float(0) },
  );
  const direct = multiply(step, step.gradient, batchNormScale(step, spatial));
  return plus(step, direct, fromStatistics);
}

/** Σ over all axes but the channels (axis 1): [C]. */
export function perChannelSum(step: Step, x: string): string {
  const axes = step.dims(0).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return step.builder.reduce('ReduceSum', x, axes, false);
}

/** scale / √(variance + ε) per channel, shaped [C, 1…] with `spatial` ones behind. */
export function batchNormScale(step: Step, spatial: number): string {
  const epsilon = scalar(step, floatOf(step.node, 'epsilon') ?? 1e-5);
  const deviation = step.builder.add('Sqrt', [plus(step, step.input(4), epsilon)]);
  return perChannel(step, divide(step, step.input(1), deviation), spatial);
}

export function perChannel(step: Step, vector: string, spatial: number): string {
  return spatial > 0 ? step.builder.reshape(vector, [-1, ...new Array<number>(spatial).fill(1)]) : vector;
}
