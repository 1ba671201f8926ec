import fc from 'fast-check';
import { int, text } from '../../../../src/graph/attributes.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import type { Grow } from './grow.ts';

/** What pads, cuts, turns round, repeats or gathers steps. */
export const padded = fc
  .record({
    before: fc.integer({ min: -1, max: 2 }),
    after: fc.integer({ min: -1, max: 2 }),
    mode: fc.constantFrom('constant', 'edge', 'reflect'),
  })
  .map(
    ({ before, after, mode }): Grow =>
      (builder, x) => {
        const same = mode === 'constant' || (before >= 0 && after >= 0);
        return builder.add('Pad', [x, builder.ints([0, 0, before, 0, 0, after])], {
          mode: text(same ? mode : 'constant'),
        });
      },
  );

export const sliced = fc
  .record({
    from: fc.integer({ min: -20, max: 2 }),
    to: fc.integer({ min: 4, max: 99 }),
    step: fc.constantFrom(1, 2, 3),
  })
  .map(
    ({ from, to, step }): Grow =>
      (builder, x) =>
        builder.slice(x, [2], [from], [to], [step]),
  );

export const reversed = fc.constant<Grow>((builder, x) => builder.slice(x, [2], [-1], [-1000], [-1]));

export const resized = fc
  .record({
    scale: fc.constantFrom(0.5, 2, 3),
    mode: fc.constantFrom('nearest', 'linear'),
    coordinate: fc.constantFrom('half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel'),
    nearest: fc.constantFrom('floor', 'ceil', 'round_prefer_floor', 'round_prefer_ceil'),
  })
  .map(
    ({ scale, mode, coordinate, nearest }): Grow =>
      (builder, x) => {
        const scales = builder.constant(float32([3], [1, 1, scale]));
        return builder.add('Resize', [x, '', scales], {
          mode: text(mode),
          coordinate_transformation_mode: text(coordinate),
          nearest_mode: text(nearest),
        });
      },
  );

export const gathered = fc
  .array(fc.integer({ min: -5, max: 4 }), { minLength: 5, maxLength: 9 })
  .map((indices): Grow => {
    return (builder, x) => builder.add('Gather', [x, builder.ints(indices)], { axis: int(2) });
  });

export const alongTime = fc.boolean().map(
  (zeros): Grow =>
    (builder, x) => {
      const zero = builder.add('Mul', [builder.constant(float32([1, 1, 1], [1])), builder.scalar(0)]);
      const empty = builder.add('Expand', [zero, builder.shapeOf(builder.slice(x, [2], [0], [2]))]);
      return builder.add('Concat', zeros ? [empty, x, empty] : [x, x], { axis: int(2) });
    },
);
