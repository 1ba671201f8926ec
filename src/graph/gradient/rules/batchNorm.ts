import { float, floatOf, intOf } from '../../attributes.ts';
import { float32 } from '../../tensor.ts';
import type { Term } from '../../term.ts';
import type { BatchTaken } from '../batchTaken.ts';
import { memo } from '../memo.ts';
import type { Rule } from '../rule.ts';
import type { Step } from '../step.ts';
import { scaleByWindows } from '../windowProducts.ts';

/**
 * y = scale·(x − mean)·r + shift with r = 1/√(variance + ε): d scale = Σ dy·(x − mean)·r, d shift = Σ dy,
 * d mean = −scale·r·Σ dy, d variance = −½·scale·r²·d scale, sums over instances and positions.
 */
export function batchNormBackward(step: Step): ReturnType<Rule> {
  if (intOf(step.node, 'training_mode') === 1) step.refuse('it is in training mode');
  const { x, dy } = step;
  const spatial = step.rank(0) - 2;
  const sum = (of: Term) => step.term(perChannelSum(step, of.name));
  const shift = memo(() => sum(dy));
  const deviation = memo(() => deviationOf(step));
  const scale = memo(() => {
    if (step.batch?.windows) return scaleByWindows(step, step.batch.windows).over(deviation());
    const centred = step.batch?.centred
      ? step.term(step.batch.centred)
      : x.minus(step.term(perChannel(step, step.input(3), spatial)));
    return sum(dy.times(centred)).over(deviation());
  });
  const slope = memo(() => step.term(step.input(1)).over(deviation()).negated());
  return [
    () => {
      const direct = dy.times(step.term(batchNormScale(step, spatial)));
      if (!step.batch) return direct.name;
      const sums = { slope: slope(), scale: scale(), shift: shift(), deviation: deviation() };
      return direct.plus(throughStatistics(step, step.batch, sums)).name;
    },
    () => scale().name,
    () => shift().name,
    () => slope().times(shift()).name,
    () => slope().times(scale()).over(deviation()).times(0.5).name,
  ];
}

/**
 * What comes through the statistics as well (Ioffe & Szegedy 2015), m values per channel, x̂ = (x − mean)·r:
 * dx = scale·r·(dy − d shift/m − x̂·d scale/m). Padding of a masked model needs no care: dy is 0 there, and what comes
 * back to it is multiplied by the mask before it.
 */
function throughStatistics(
  step: Step,
  batch: BatchTaken,
  { slope, scale, shift, deviation }: Readonly<Record<'slope' | 'scale' | 'shift' | 'deviation', Term>>,
): Term {
  const { builder } = step;
  const count = step.term(batch.count);
  const factor = slope.times(scale.over(count)).over(deviation);
  const offset = slope.times(shift.over(count));
  const channels = step.dims(0)[1]!;
  const one = builder.constant(float32([channels], new Float32Array(channels).fill(1)));
  // A batch norm of variance 1 is factor·(x − mean) + offset in one pass over the data.
  const inputs = [step.input(0), factor.name, offset.name, step.input(3), one];
  return step.term(builder.add('BatchNormalization', inputs, { epsilon: float(0) }));
}

/** Σ over all axes but the channels (axis 1): [C]. */
export function perChannelSum(step: Step, x: string): string {
  const axes = step.dims(0).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return step.builder.reduce('ReduceSum', x, axes, false);
}

/** scale / √(variance + ε) per channel, shaped [C, 1…] with `spatial` ones behind. */
export function batchNormScale(step: Step, spatial: number): string {
  return perChannel(step, step.term(step.input(1)).over(deviationOf(step)).name, spatial);
}

/** √(variance + ε): [C]. */
function deviationOf(step: Step): Term {
  return step
    .term(step.input(4))
    .plus(floatOf(step.node, 'epsilon') ?? 1e-5)
    .root();
}

/** [C] → [C, 1, …], to be broadcast over `spatial` axes. */
export function perChannel(step: Step, vector: string, spatial: number): string {
  return spatial > 0 ? step.builder.reshape(vector, [-1, ...new Array<number>(spatial).fill(1)]) : vector;
}
