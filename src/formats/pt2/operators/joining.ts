import { promoted, result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { Size } from '../program.ts';
import type { ProgramValue } from '../value.ts';

const cat: Lower = (lowering) => {
  // A tensor of no elements joins anything.
  const parts = lowering.tensors('tensors').filter(({ dims }) => !(dims.length === 1 && dims[0] === 0));
  const axis = lowering.axis('dim', parts[0]!.dims.length, 0);
  const dtype = promoted(...parts.map((part) => part.dtype));
  const tensors = parts.map((part) => lowering.cast(part, dtype));
  return result(lowering, lowering.builder.concat(tensors, axis), dtype);
};

const stack: Lower = (lowering) => {
  const parts = lowering.tensors('tensors');
  const axis = lowering.positive(lowering.int('dim', 0), parts[0]!.dims.length + 1);
  const wide = parts.map((part) => lowering.builder.unsqueeze(part.tensor, [axis]));
  return result(lowering, lowering.builder.concat(wide, axis));
};

function parts(lowering: Lowering, axis: number, sizes: readonly number[]): ProgramValue[] {
  const self = lowering.tensor('self');
  const tensors = lowering.builder.split(self.tensor, axis, sizes);
  return tensors.map((tensor, i) => ({
    tensor,
    dtype: self.dtype,
    dims: self.dims.map((dim, at): Size => (at === axis ? sizes[i]! : dim)),
  }));
}

/** Each piece is an output of a node. */
const MOST_PIECES = 2 ** 16;

/** Pieces of one size, the last one smaller. */
function evenly(lowering: Lowering, total: number, size: number): number[] {
  return lowering.listed(Math.ceil(total / size), (i) => Math.min(size, total - i * size), MOST_PIECES);
}

const split: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, 0);
  const given = lowering.ints(lowering.has('split_size') ? 'split_size' : 'split_sizes');
  const sizes =
    lowering.node.target.includes('sizes') || given.length > 1
      ? given
      : evenly(lowering, lowering.known(self, axis), given[0]!);
  return parts(lowering, axis, sizes);
};

const chunk: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, 0);
  const total = lowering.known(self, axis);
  return parts(lowering, axis, evenly(lowering, total, Math.ceil(total / lowering.int('chunks'))));
};

const unbind: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, 0);
  const pieces = parts(lowering, axis, evenly(lowering, lowering.known(self, axis), 1));
  return pieces.map((piece) => ({
    ...piece,
    tensor: lowering.builder.squeeze(piece.tensor, [axis]),
    dims: piece.dims.filter((_, at) => at !== axis),
  }));
};

/** Pieces of equal length, the first ones longer by one where it does not go up. */
const tensorSplit: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length, 0);
  const total = lowering.known(self, axis);
  if (lowering.has('sections')) {
    const count = lowering.int('sections');
    const sizes = lowering.listed(
      count,
      (i) => Math.floor(total / count) + (i < total % count ? 1 : 0),
      MOST_PIECES,
    );
    return sizes.includes(0) ? lowering.refuse('a piece of it is empty') : parts(lowering, axis, sizes);
  }
  const bounds = [0, ...lowering.ints('indices').map((at) => (at < 0 ? at + total : at)), total];
  const sizes = bounds.slice(1).map((to, i) => to - bounds[i]!);
  return sizes.some((size) => size <= 0)
    ? lowering.refuse('a piece of it is empty')
    : parts(lowering, axis, sizes);
};

/** Several tensors into one, and one into several. */
export const joiningRules: LowerRules = {
  tensor_split: tensorSplit,
  cat,
  concat: cat,
  concatenate: cat,
  stack,
  hstack: (lowering) => {
    const all = lowering.tensors('tensors');
    const axis = all[0]!.dims.length === 1 ? 0 : 1;
    return result(
      lowering,
      lowering.builder.concat(
        all.map(({ tensor }) => tensor),
        axis,
      ),
    );
  },
  split,
  split_with_sizes: split,
  chunk,
  unbind,
};
