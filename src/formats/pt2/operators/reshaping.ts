import { ints } from '../../../graph/attributes.ts';
import { int64 } from '../../../graph/tensor.ts';
import { permuted } from '../../permuted.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { Count, ProgramValue } from '../value.ts';

/** Reshapes to sizes of which some are known only when the model runs. */
function reshaped(lowering: Lowering, value: ProgramValue, target: readonly Count[]): string {
  const { builder } = lowering;
  let inferred = target.includes(-1);
  const dims = target.map((size, axis) => {
    if (typeof size === 'number') return size;
    if (value.dims[axis] === size.expression) return 0;
    if (inferred) return undefined;
    inferred = true;
    return -1;
  });
  // An axis of length 0 cannot be written: 0 means "as it is".
  if (target.includes(0)) lowering.refuse('it makes an axis of length 0');
  if (!dims.includes(undefined)) return builder.reshape(value.tensor, dims as number[]);
  return builder.add('Reshape', [value.tensor, shapeTensor(lowering, target)]);
}

/** int64 [rank] */
export function shapeTensor({ builder }: Lowering, sizes: readonly Count[]): string {
  if (sizes.every((size) => typeof size === 'number')) return builder.ints(sizes as number[]);
  const parts = sizes.map((size) =>
    typeof size === 'number' ? builder.constant(int64([1], [size])) : size.tensor,
  );
  return builder.concat(parts, 0);
}

/** Weights that are laid out anew are constants again, so that later steps see them. */
export function transposed(lowering: Lowering, value: ProgramValue, perm: readonly number[]): string {
  const known = lowering.constantOf(value);
  if (!known || perm.every((from, to) => from === to)) return lowering.builder.transpose(value.tensor, perm);
  const suffix = perm.join('');
  return lowering.builder.constant(permuted(known, perm), `${value.tensor.split('/').at(-1)}_${suffix}`);
}

const reshape =
  (name: string): Lower =>
  (lowering) => {
    const self = lowering.tensor('self');
    return result(lowering, reshaped(lowering, self, lowering.sizes(name)));
  };

const permute: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const perm = lowering.axes('dims', self.dims.length);
  return result(lowering, transposed(lowering, self, perm));
};

const transpose =
  (first: string, second: string): Lower =>
  (lowering) => {
    const self = lowering.tensor('self');
    const rank = self.dims.length;
    const perm = Array.from({ length: rank }, (_, axis) => axis);
    const [a, b] = [lowering.axis(first, rank), lowering.axis(second, rank)];
    [perm[a], perm[b]] = [perm[b]!, perm[a]!];
    return result(lowering, transposed(lowering, self, perm));
  };

/** Axes from..to become one. */
const flatten: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const rank = self.dims.length;
  const from = lowering.axis('start_dim', rank, 0);
  const to = lowering.axis('end_dim', rank, -1);
  if (rank === 0) return result(lowering, lowering.builder.reshape(self.tensor, [1]));
  const merged = self.dims.slice(from, to + 1);
  const size = merged.every((dim) => typeof dim === 'number')
    ? (merged as number[]).reduce((product, dim) => product * dim, 1)
    : -1;
  const before = self.dims.slice(0, from).map(() => 0);
  const behind = self.dims.slice(to + 1);
  if (behind.every((dim) => typeof dim === 'number')) {
    return result(
      lowering,
      lowering.builder.reshape(self.tensor, [...before, size, ...(behind as number[])]),
    );
  }
  const tail = behind.map((_, i) => to + 1 + i);
  const shape = lowering.builder.add(
    'Concat',
    [
      lowering.builder.ints([...before, -1]),
      lowering.builder.slice(lowering.builder.shapeOf(self.tensor), [0], [tail[0]!], [rank]),
    ],
    { axis: { kind: 'int', value: 0 } },
  );
  return result(lowering, lowering.builder.add('Reshape', [self.tensor, shape]));
};

const unflatten: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const before = self.dims.slice(0, axis).map(() => 0);
  const behind = self.dims.slice(axis + 1).map((dim) => (typeof dim === 'number' ? dim : -1));
  const target = [...before, ...lowering.ints('sizes'), ...behind];
  if (target.filter((size) => size === -1).length > 1) lowering.refuse('several of its sizes are not known');
  return result(lowering, lowering.builder.reshape(self.tensor, target));
};

const squeeze: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const asked = lowering.has('dim')
    ? lowering.axes('dim', self.dims.length)
    : self.dims.map((_, axis) => axis);
  const axes = asked.filter((axis) => self.dims[axis] === 1);
  return result(lowering, axes.length ? lowering.builder.squeeze(self.tensor, axes) : self.tensor);
};

const unsqueeze: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.positive(lowering.int('dim'), self.dims.length + 1);
  return result(lowering, lowering.builder.unsqueeze(self.tensor, [axis]));
};

const expand: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const sizes = lowering.sizes('size');
  const added = sizes.length - self.dims.length;
  const same = (size: Count, axis: number) => {
    const own = self.dims[axis - added];
    return size === -1 || size === own || (typeof size !== 'number' && size.expression === own);
  };
  if (added === 0 && sizes.every(same)) return self;
  // 1 leaves an axis as it is.
  const target = sizes.map((size, axis) => (same(size, axis) && axis >= added ? 1 : size));
  return result(lowering, lowering.builder.add('Expand', [self.tensor, shapeTensor(lowering, target)]));
};

/** As another tensor is; the batch of a size unknown here is read off it. */
const like =
  (op: 'Reshape' | 'Expand'): Lower =>
  (lowering) => {
    const self = lowering.tensor('self');
    const shape = lowering.builder.shapeOf(lowering.tensor('other').tensor);
    return result(lowering, lowering.builder.add(op, [self.tensor, shape]));
  };

const movedim: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const rank = self.dims.length;
  const [from, to] = [lowering.axes('source', rank), lowering.axes('destination', rank)];
  const rest = self.dims.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const perm = self.dims.map((_, axis) => {
    const at = to.indexOf(axis);
    return at >= 0 ? from[at]! : rest.shift()!;
  });
  return result(lowering, transposed(lowering, self, perm));
};

const pixelShuffle: Lower = (lowering) =>
  result(
    lowering,
    lowering.builder.add('DepthToSpace', [lowering.tensor('self').tensor], {
      blocksize: { kind: 'int', value: lowering.int('upscale_factor') },
      mode: { kind: 'string', value: 'CRD' },
    }),
  );

/** What is written over a tensor, as long as that. In place (`copy_`) it may change a view's base, which is not read. */
const copy: Lower = (lowering) => {
  if (lowering.node.target.startsWith('aten.copy_')) return lowering.refuse('it writes into a tensor');
  const [self, src] = [lowering.tensor('self'), lowering.tensor('src')];
  const same = self.dims.length === src.dims.length && self.dims.every((dim, axis) => dim === src.dims[axis]);
  const from = lowering.cast(src, lowering.output().dtype);
  const shape = () => lowering.builder.shapeOf(self.tensor);
  return result(lowering, same ? from : lowering.builder.add('Expand', [from, shape()]));
};

/** Copies side by side; more repeats than axes put axes of length 1 before them. */
function tiled(lowering: Lowering, repeats: readonly Count[]): ProgramValue {
  const self = lowering.tensor('self');
  const added = Array.from({ length: repeats.length - self.dims.length }, (_, axis) => axis);
  const wide = added.length ? lowering.builder.unsqueeze(self.tensor, added) : self.tensor;
  return result(lowering, lowering.builder.add('Tile', [wide, shapeTensor(lowering, repeats)]));
}

/** Views, permutations and repeats. */
export const reshapingRules: LowerRules = {
  copy,
  view: reshape('size'),
  reshape: reshape('shape'),
  _unsafe_view: reshape('size'),
  view_as: like('Reshape'),
  reshape_as: like('Reshape'),
  permute,
  transpose: transpose('dim0', 'dim1'),
  swapaxes: transpose('axis0', 'axis1'),
  swapdims: transpose('dim0', 'dim1'),
  t: (lowering) => {
    const self = lowering.tensor('self');
    return result(lowering, self.dims.length < 2 ? self.tensor : transposed(lowering, self, [1, 0]));
  },
  mT: (lowering) => {
    const self = lowering.tensor('self');
    const perm = self.dims.map((_, axis) => axis);
    perm.push(...perm.splice(-2).reverse());
    return result(lowering, transposed(lowering, self, perm));
  },
  movedim,
  moveaxis: movedim,
  flatten,
  unflatten,
  squeeze,
  unsqueeze,
  expand,
  expand_as: like('Expand'),
  pixel_shuffle: pixelShuffle,
  repeat: (lowering) => tiled(lowering, lowering.sizes('repeats')),
  tile: (lowering) => {
    const given = lowering.ints('dims');
    const missing = Math.max(0, lowering.tensor('self').dims.length - given.length);
    return tiled(lowering, [...Array<number>(missing).fill(1), ...given]);
  },
  numpy_T: (lowering) => {
    const self = lowering.tensor('self');
    return result(
      lowering,
      lowering.builder.add('Transpose', [self.tensor], {
        perm: ints(self.dims.map((_, axis) => axis).reverse()),
      }),
    );
  },
};
