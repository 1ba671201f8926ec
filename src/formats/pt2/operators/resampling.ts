import { int, text } from '../../../graph/attributes.ts';
import { float32, int64 } from '../../../graph/tensor.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { Size } from '../program.ts';
import type { ProgramValue } from '../value.ts';
import { shapeTensor } from './reshaping.ts';

/**
 * Which input step stands for each output step, as PyTorch finds it in float32: ⌊q · scale⌋, the scale being 1 / factor
 * where a factor is given, else from / to. ONNX divides by the inverse, which falls to another step now and then.
 */
function nearestSteps(
  lowering: Lowering,
  [from, to]: readonly [number, number],
  factor: number | undefined,
  middle = 0,
): number[] {
  const scale = Math.fround(factor === undefined ? from / to : 1 / factor);
  return lowering.listed(to, (q) => Math.min(from - 1, Math.floor(Math.fround((q + middle) * scale))));
}

/** Scales, or behind them sizes: what PyTorch was given decides, for both are not the same step by step. */
function resizedBy(
  lowering: Lowering,
  self: ProgramValue,
  factors: readonly number[],
  to: readonly Size[],
): string[] {
  const { builder } = lowering;
  const rank = self.dims.length;
  if (factors.length === rank - 2) {
    const exact = factors.map((factor, i) => asFloat32(factor, self.dims[i + 2], to[i]));
    return [builder.constant(float32([rank], [1, 1, ...exact]))];
  }
  if (!lowering.has('output_size')) lowering.refuse('its axes have no fixed length');
  const front = builder.slice(builder.shapeOf(self.tensor), [0], [0], [2]);
  return ['', builder.concat([front, shapeTensor(lowering, lowering.sizes('output_size'))], 0)];
}

/** .7 is a little less in float32, and ⌊30 · .7⌋ would lose the last step: the next float then. */
function asFloat32(factor: number, from: unknown, to: unknown): number {
  const near = Math.fround(factor);
  const makes = Math.floor(Math.fround(near * Number(from)));
  return typeof from !== 'number' || typeof to !== 'number' || makes >= to
    ? near
    : Math.fround(near * (1 + 1.2e-7));
}

/** `aten.upsample_*.vec` has a list of factors, the other overload one for each axis beside the sizes. */
function factorsOf(lowering: Lowering): number[] {
  const listed = lowering.numbers('scale_factors');
  if (listed.length > 0) return listed;
  return ['scales', 'scales_h', 'scales_w']
    .filter((name) => lowering.has(name))
    .map((name) => lowering.number(name));
}

/** Of each step its middle counts, not its beginning. */
const nearestExact: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.optional('input') ?? lowering.tensor('self');
  const { dims } = lowering.output();
  const factors = factorsOf(lowering);
  const made = self.dims.slice(2).reduce<string>((x, _, i) => {
    const to = dims[i + 2];
    if (typeof to !== 'number') return lowering.refuse('its axes have no fixed length');
    const steps = nearestSteps(lowering, [lowering.known(self, i + 2), to], factors[i], 0.5);
    return builder.add('Gather', [x, builder.constant(int64([steps.length], steps))], { axis: int(i + 2) });
  }, self.tensor);
  return result(lowering, made);
};

/** To a given size, or by given factors. */
const upsample =
  (mode: 'nearest' | 'linear'): Lower =>
  (lowering) => {
    const { builder } = lowering;
    const self = lowering.optional('input') ?? lowering.tensor('self');
    const { dims } = lowering.output();
    const factors = factorsOf(lowering);
    const sizes = self.dims.map((from, axis) => [from, dims[axis]] as const).slice(2);
    const isKnown = sizes.every((pair) => pair.every((size) => typeof size === 'number'));
    if (mode === 'nearest' && isKnown && !sizes.every(isWhole)) {
      const made = sizes.reduce((x, pair, i) => {
        const steps = nearestSteps(lowering, pair as readonly [number, number], factors[i]);
        return builder.add('Gather', [x, builder.constant(int64([steps.length], steps))], {
          axis: int(i + 2),
        });
      }, self.tensor);
      return result(lowering, made);
    }
    const align = lowering.flag('align_corners');
    const coordinates = align ? 'align_corners' : mode === 'nearest' ? 'asymmetric' : 'half_pixel';
    const made = builder.add(
      'Resize',
      [self.tensor, '', ...resizedBy(lowering, self, factors, dims.slice(2))],
      {
        mode: text(mode),
        coordinate_transformation_mode: text(coordinates),
        ...(mode === 'nearest' && { nearest_mode: text('floor') }),
      },
    );
    return result(lowering, made);
  };

/** Whether each step stands for a whole number of them, where ONNX finds the same ones. */
function isWhole([from, to]: readonly unknown[]): boolean {
  return Number.isInteger(Number(to) / Number(from));
}

/** Interpolation along the axes behind the channels. */
export const resamplingRules: LowerRules = {
  upsample_nearest1d: upsample('nearest'),
  upsample_nearest2d: upsample('nearest'),
  upsample_linear1d: upsample('linear'),
  _upsample_nearest_exact1d: nearestExact,
  _upsample_nearest_exact2d: nearestExact,
};
