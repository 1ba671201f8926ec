import { int } from '../../../graph/attributes.ts';
import { int64 } from '../../../graph/tensor.ts';
import { axisLength, result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

interface AxisIndex {
  readonly axis: number;
  readonly index: ProgramValue;
}

/** x[:, i] or x[:, i, j]: by whole numbers, whose axes come where the first index stood, or first where they lie apart. */
const index: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const given = lowering.indices('indices');
  if (given.length === 0) return self;
  if (given.some(({ index: { dtype } }) => dtype === 'bool'))
    return lowering.refuse('it picks by a mask, so the result has no fixed size');
  const axes = given.map(({ axis }) => axis);
  const apart = axes.some((axis, i) => axis !== axes[0]! + i);
  const others = self.dims.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = apart ? [...axes, ...others] : self.dims.map((_, axis) => axis);
  const dims = order.map((axis) => self.dims[axis]!);
  const first = apart ? 0 : axes[0]!;
  const moved = builder.transpose(self.tensor, order);
  const at = axes.length === 1 ? lowering.cast(given[0]!.index, 'int64') : flatIndex(lowering, self, given);
  const flat = axes.length === 1 ? moved : merged(lowering, moved, dims, first, axes.length);
  return result(lowering, builder.add('Gather', [flat, at], { axis: int(first) }));
};

/** Axes `first` … `first + count − 1` as one. */
function merged(
  lowering: Lowering,
  x: string,
  dims: ProgramValue['dims'],
  first: number,
  count: number,
): string {
  const { builder } = lowering;
  const behind = dims.slice(first + count);
  if (behind.every((size) => typeof size === 'number'))
    return builder.reshape(x, [...dims.slice(0, first).map(() => 0), -1, ...behind]);
  const shape = builder.shapeOf(x);
  const part = (from: number, to: number) => (from < to ? [builder.slice(shape, [0], [from], [to])] : []);
  const all = [...part(0, first), builder.ints([-1]), ...part(first + count, dims.length)];
  return builder.add('Reshape', [x, builder.concat(all, 0)]);
}

/** Where a place lies once the axes are one. */
function flatIndex(lowering: Lowering, self: ProgramValue, given: readonly AxisIndex[]): string {
  const { builder } = lowering;
  const whole = (value: number) => builder.constant(int64([], [value]));
  let at: string | undefined;
  for (const { axis, index: value } of given) {
    const own = lowering.cast(value, 'int64');
    // A negative place counts from the end.
    const known = self.dims[axis]!;
    const size = typeof known === 'number' ? whole(known) : axisLength(lowering, self.tensor, axis);
    const counted = builder.add('Add', [own, size]);
    const fixed = builder.add('Where', [builder.add('Less', [own, whole(0)]), counted, own]);
    at = at === undefined ? fixed : builder.add('Add', [builder.add('Mul', [at, size]), fixed]);
  }
  return at!;
}

/** Places above or below a diagonal of a matrix: [2, count]. */
const triangle =
  (upper: boolean): Lower =>
  (lowering) => {
    const [rows, columns, offset] = [lowering.int('row'), lowering.int('col'), lowering.int('offset', 0)];
    const places = lowering
      .listed(rows * columns, (i) => i, 2 ** 22)
      .map((i) => [Math.floor(i / columns), i % columns]);
    const kept = places.filter(([r, c]) => (upper ? c! - r! >= offset : c! - r! <= offset));
    const both = [0, 1].flatMap((part) => kept.map((place) => place[part]!));
    return result(lowering, lowering.builder.constant(int64([2, kept.length], both)), 'int64');
  };

/** Blocks of an image as columns: [N, C, H, W] → [N, C·kh·kw, positions]. */
const blocks: Lower = (lowering) => {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  if (self.dims.length !== 4) return lowering.refuse('its input has no instances');
  const [size, dilation, padding, stride] = ['kernel_size', 'dilation', 'padding', 'stride'].map((name) =>
    lowering.window(name, 2),
  );
  const padded = builder.pad(self.tensor, [0, 0, ...padding!, 0, 0, ...padding!]);
  const counts = [0, 1].map((i) => {
    const length = lowering.known(self, 2 + i) + 2 * padding![i]!;
    return Math.floor((length - dilation![i]! * (size![i]! - 1) - 1) / stride![i]!) + 1;
  });
  const along = (x: string, i: number, axis: number) => {
    const places = lowering.listed(
      size![i]! * counts[i]!,
      (at) => Math.floor(at / counts[i]!) * dilation![i]! + (at % counts[i]!) * stride![i]!,
    );
    const at = builder.constant(int64([size![i]!, counts[i]!], places));
    return builder.add('Gather', [x, at], { axis: int(axis) });
  };
  const windows = builder.transpose(along(along(padded, 0, 2), 1, 4), [0, 1, 2, 4, 3, 5]);
  const rows = lowering.known(self, 1) * size![0]! * size![1]!;
  return result(lowering, builder.reshape(windows, [0, rows, counts[0]! * counts[1]!]));
};

/** Picking by several indices, places of triangles, blocks as columns. */
export const indexingRules: LowerRules = {
  'index.Tensor': index,
  triu_indices: triangle(true),
  tril_indices: triangle(false),
  im2col: blocks,
};
