import { intOf, textOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';

/** Blocks of space laid into channels and back: only values move. */
export const spaceRules: Rules = {
  DepthToSpace: unary((step) => {
    const [, channels, rows, columns] = step.dims(0) as [number, number, number, number];
    const block = blockOf(step);
    const each = channels / (block * block);
    const split = step.builder.reshape(step.gradient, [0, each, rows, block, columns, block]);
    const perm = textOf(step.node, 'mode') === 'CRD' ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4];
    return step.builder.reshapeLike(step.builder.transpose(split, perm), step.input(0));
  }),
  SpaceToDepth: unary((step) => {
    const [, channels, rows, columns] = step.dims(0) as [number, number, number, number];
    const block = blockOf(step);
    const split = step.builder.reshape(step.gradient, [
      0,
      block,
      block,
      channels,
      rows / block,
      columns / block,
    ]);
    return step.builder.reshapeLike(step.builder.transpose(split, [0, 3, 4, 1, 5, 2]), step.input(0));
  }),
};

function blockOf(step: Step): number {
  return intOf(step.node, 'blocksize') ?? step.refuse('blocksize is missing');
}
