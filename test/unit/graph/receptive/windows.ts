import fc from 'fast-check';
import { int, ints, text } from '../../../../src/graph/attributes.ts';
import { CHANNELS, type Grow, weights } from './grow.ts';

/** Convolutions that keep the channels. */
export const conv = fc
  .record({
    kernel: fc.integer({ min: 1, max: 6 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.oneof(
      fc.record({ before: fc.integer({ min: 0, max: 7 }), after: fc.integer({ min: 0, max: 7 }) }),
      fc.constantFrom('SAME_UPPER', 'SAME_LOWER', 'VALID'),
    ),
    group: fc.constantFrom(1, CHANNELS),
  })
  .map(
    ({ kernel, stride, dilation, padding, group }): Grow =>
      (builder, x) => {
        return builder.add('Conv', [x, weights(builder, [CHANNELS, CHANNELS / group, kernel])], {
          strides: ints([stride]),
          // ORT's own rule for SAME with dilation and stride differs between versions; it is tested undilated.
          dilations: ints([typeof padding === 'string' ? 1 : dilation]),
          group: int(group),
          ...(typeof padding === 'string'
            ? { auto_pad: text(padding) }
            : { pads: ints([padding.before, padding.after]) }),
        });
      },
  );

export const pool = fc
  .record({
    op: fc.constantFrom('MaxPool', 'AveragePool'),
    kernel: fc.integer({ min: 2, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 1 }),
    after: fc.integer({ min: 0, max: 1 }),
    ceil: fc.boolean(),
  })
  .map(
    ({ op, kernel, stride, before, after, ceil }): Grow =>
      (builder, x) => {
        return builder.add(op, [x], {
          kernel_shape: ints([kernel]),
          strides: ints([stride]),
          pads: ints([before, after]),
          ceil_mode: int(ceil ? 1 : 0),
        });
      },
  );

export const transposed = fc
  .record({
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    before: fc.integer({ min: 0, max: 2 }),
    after: fc.integer({ min: 0, max: 2 }),
    extra: fc.integer({ min: 0, max: 1 }),
  })
  .map(
    ({ kernel, stride, dilation, before, after, extra }): Grow =>
      (builder, x) => {
        return builder.add('ConvTranspose', [x, weights(builder, [CHANNELS, CHANNELS, kernel])], {
          strides: ints([stride]),
          dilations: ints([dilation]),
          pads: ints([before, after]),
          output_padding: ints([Math.min(extra, stride - 1)]),
        });
      },
  );
