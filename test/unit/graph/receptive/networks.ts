import fc from 'fast-check';
import { int, text } from '../../../../src/graph/attributes.ts';
import { CHANNELS, type Grow, weights } from './grow.ts';
import { alongTime, gathered, padded, resized, reversed, sliced } from './moves.ts';
import { conv, pool, transposed } from './windows.ts';

const relu = fc.constant<Grow>((builder, x) => builder.add('Relu', [x]));

const twoDimensional = fc.integer({ min: 1, max: 4 }).map(
  (kernel): Grow =>
    (builder, x) => {
      const image = builder.add('Conv', [builder.unsqueeze(x, [1]), weights(builder, [3, 1, 1, kernel])], {
        auto_pad: text('SAME_UPPER'),
      });
      return builder.squeeze(builder.add('Conv', [image, weights(builder, [1, 3, 1, 1])]), [1]);
    },
);

const timeFirst = fc.constant<Grow>((builder, x) => {
  const turned = builder.transpose(x, [0, 2, 1]);
  const mixed = builder.add('MatMul', [turned, weights(builder, [CHANNELS, CHANNELS])]);
  return builder.transpose(mixed, [0, 2, 1]);
});

const split = fc.constant<Grow>((builder, x) => {
  const parts = builder.addMany('Split', [x, builder.ints([1, 1])], 2, { axis: int(1) });
  return builder.add('Concat', parts, { axis: int(1) });
});

const single = fc.oneof(
  { weight: 4, arbitrary: conv },
  { weight: 2, arbitrary: pool },
  ...[
    transposed,
    padded,
    sliced,
    reversed,
    resized,
    relu,
    twoDimensional,
    timeFirst,
    gathered,
    split,
    alongTime,
  ],
);

/** Two branches of one length: what is longer is cut. */
const branched = fc.tuple(conv, pool, fc.constantFrom('Add', 'Concat', 'Max')).map(([a, b, join]): Grow => {
  return (builder, x) => {
    const left = builder.add('Pad', [a(builder, x), builder.ints([0, 0, 0, 0, 0, 9])]);
    const right = builder.add('Pad', [b(builder, x), builder.ints([0, 0, 0, 0, 0, 9])]);
    const both = [builder.slice(left, [2], [0], [9]), builder.slice(right, [2], [0], [9])];
    if (join !== 'Concat') return builder.add(join, both);
    const wide = builder.add('Concat', both, { axis: int(1) });
    return builder.add('Conv', [wide, weights(builder, [CHANNELS, 2 * CHANNELS, 1])]);
  };
});

/** One to four operators, one after the other or two beside each other. */
export const network = fc.array(
  fc.oneof({ weight: 5, arbitrary: single }, { weight: 1, arbitrary: branched }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
