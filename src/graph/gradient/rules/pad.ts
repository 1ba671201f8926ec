import { intsOf, textOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { sumOf } from '../sum.ts';

/** Constant padding is cut off again; what was copied (edge, reflect, wrap) gives its gradient to what it copies. */
export const padRules: Rules = {
  Pad: unary((step) => {
    const mode = textOf(step.node, 'mode') ?? 'constant';
    if (mode === 'constant' && step.has(1) && !step.knows(1)) return cutOffAtValues(step);
    const pads = padsOf(step);
    if (mode === 'constant') {
      return step.builder.pad(
        step.gradient,
        pads.map((pad) => -pad),
      );
    }
    if (pads.some((pad) => pad < 0)) step.refuse(`mode "${mode}" with a negative pad`);
    const rank = step.rank(0);
    return step
      .dims(0)
      .reduce(
        (gradient, _, axis) =>
          unpad(step, gradient, { axis, mode, before: pads[axis]!, after: pads[axis + rank]! }),
        step.gradient,
      );
  }),
};

/** Constant padding that is computed from the values: as many as were put on are cut off, whatever their number. */
function cutOffAtValues(step: Step): string {
  const less = step.builder.add('Neg', [step.input(1)]);
  return step.builder.add('Pad', [step.gradient, less, ...(step.has(3) ? ['', step.input(3)] : [])]);
}

interface Padding {
  readonly axis: number;
  readonly mode: string;
  readonly before: number;
  readonly after: number;
}

/** Along one axis: what lies inside, and both margins at the places they were copied from. */
function unpad(step: Step, gradient: string, { axis, mode, before, after }: Padding): string {
  if (before === 0 && after === 0) return gradient;
  const { builder } = step;
  const length = step.dims(0)[axis]!;
  const rank = step.rank(0);
  const part = (from: number, to: number) => builder.slice(gradient, [axis], [from], [to]);
  /** A piece of `size` values put at `from` among zeros. */
  const placed = (piece: string, from: number, size: number) => {
    const pads = new Array<number>(2 * rank).fill(0);
    pads[axis] = from;
    pads[axis + rank] = length - from - size;
    return builder.pad(piece, pads);
  };
  const whole = before + length + after;
  const parts = [part(before, before + length)];
  const margins = [
    { size: before, piece: () => part(0, before), first: { edge: 0, reflect: 1, wrap: length - before } },
    {
      size: after,
      piece: () => part(before + length, whole),
      first: { edge: length - 1, reflect: length - 1 - after, wrap: 0 },
    },
  ];
  for (const { size, piece, first } of margins) {
    if (size === 0) continue;
    if (mode === 'edge') {
      parts.push(placed(builder.reduce('ReduceSum', piece(), [axis], true), first.edge, 1));
    } else if (mode === 'reflect' && size < length) {
      parts.push(placed(builder.turned(piece(), axis, size), first.reflect, size));
    } else if (mode === 'wrap' && size <= length) {
      parts.push(placed(piece(), first.wrap, size));
    } else {
      step.refuse(`mode "${mode}" with a pad of ${size} on ${length} values`);
    }
  }
  return sumOf(builder, parts);
}

function padsOf(step: Step): readonly number[] {
  const rank = step.rank(0);
  const pads = step.has(1) ? step.integers(1) : (intsOf(step.node, 'pads') ?? []);
  if (!step.has(3)) return pads;
  const axes = step.integers(3).map((axis) => step.axis(axis, rank));
  const all = new Array<number>(2 * rank).fill(0);
  for (const [i, axis] of axes.entries()) {
    all[axis] = pads[i]!;
    all[axis + rank] = pads[i + axes.length]!;
  }
  return all;
}
