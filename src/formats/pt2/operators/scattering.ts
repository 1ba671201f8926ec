import { int, text } from '../../../graph/attributes.ts';
import { int64 } from '../../../graph/tensor.ts';
import { operand, result, scalar } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';

type Way = 'none' | 'add';

function scattered(
  lowering: Lowering,
  self: ProgramValue,
  axis: number,
  index: string,
  src: string,
  way: Way,
): ProgramValue {
  const { dtype } = lowering.output();
  const inputs = [lowering.cast(self, dtype), index, src];
  const attributes = { axis: int(axis), ...(way === 'add' && { reduction: text('add') }) };
  return result(lowering, lowering.builder.add('ScatterElements', inputs, attributes));
}

/** self[index[i, j]][j] = src[i, j] along an axis, or added to. */
const scatter =
  (way: Way): Lower =>
  (lowering) => {
    if (lowering.has('reduce')) return lowering.refuse('it combines what it writes');
    const { builder } = lowering;
    const [self, index] = [lowering.tensor('self'), lowering.tensor('index')];
    const axis = lowering.axis('dim', self.dims.length);
    const { dtype } = lowering.output();
    const indices = lowering.cast(index, 'int64');
    const src = lowering.optional('src');
    if (src?.dims.some((dim, at) => dim !== index.dims[at])) {
      return lowering.refuse('it writes a part of what it is given');
    }
    const from = src
      ? lowering.cast(src, dtype)
      : builder.expandLike(scalar(lowering, lowering.number('value'), dtype), indices);
    return scattered(lowering, self, axis, indices, from, way);
  };

/** Whole slices at places of one axis: the index stands for every element of them. */
function slices(
  lowering: Lowering,
  self: ProgramValue,
  axis: number,
  index: ProgramValue,
  src: string,
  way: Way,
): ProgramValue {
  const { builder } = lowering;
  const shape = self.dims.map((_, at) => (at === axis ? -1 : 1));
  const wide = builder.reshape(lowering.cast(index, 'int64'), shape);
  return scattered(lowering, self, axis, builder.expandLike(wide, src), src, way);
}

const indexAdd: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const alpha = lowering.number('alpha', 1);
  const { dtype } = lowering.output();
  const source = operand(lowering, 'source', dtype);
  const src = alpha === 1 ? source : lowering.builder.add('Mul', [source, scalar(lowering, alpha, dtype)]);
  return slices(lowering, self, axis, lowering.tensor('index'), src, 'add');
};

/** self[:, index] = values, with one index of whole numbers. */
const indexPut: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const lone = lowering.loneIndex('indices');
  if (!lone) return lowering.refuse('it writes by several indices at once');
  const { axis, index } = lone;
  if (index.dtype === 'bool' || index.dims.length !== 1) return lowering.refuse('it writes by a mask');
  const values = lowering.tensor('values');
  const { builder } = lowering;
  const { dtype } = lowering.output();
  const whole = builder.add('Gather', [self.tensor, lowering.cast(index, 'int64')], { axis: int(axis) });
  const src = builder.expandLike(lowering.cast(values, dtype), whole);
  return slices(lowering, self, axis, index, src, lowering.flag('accumulate') ? 'add' : 'none');
};

/** self with src in the place of self[index] along an axis. */
const selectScatter: Lower = (lowering) => {
  const { builder } = lowering;
  const [self, src] = [lowering.tensor('self'), lowering.tensor('src')];
  const axis = lowering.axis('dim', self.dims.length);
  const at = lowering.int('index');
  const { dtype } = lowering.output();
  const one = builder.unsqueeze(lowering.cast(src, dtype), [axis]);
  const parts = [
    ...(at === 0 ? [] : [builder.slice(self.tensor, [axis], [0], [at])]),
    one,
    ...(at === -1 ? [] : [builder.slice(self.tensor, [axis], [at + 1], [2 ** 31 - 1])]),
  ];
  return result(lowering, builder.concat(parts, axis));
};

/** self with src in the place of self[start:end:step] along an axis. */
const sliceScatter: Lower = (lowering) => {
  const { builder } = lowering;
  const [self, src] = [lowering.tensor('self'), lowering.tensor('src')];
  const axis = lowering.axis('dim', self.dims.length, 0);
  const whole = (bound: number, size: number) =>
    Math.min(size, Math.max(0, bound < 0 ? bound + size : bound));
  const size = self.dims[axis]!;
  const [from, to, step] = [lowering.int('start', 0), lowering.int('end', 2 ** 31), lowering.int('step', 1)];
  if (step === 1 && from === 0 && (to >= 2 ** 31 - 1 || to === size)) return src;
  const length = lowering.known(self, axis);
  const [start, end] = [whole(from, length), whole(to, length)];
  if (step !== 1) {
    const count = Math.ceil((end - start) / step);
    const places = builder.constant(
      int64(
        [count],
        lowering.listed(count, (i) => start + i * step),
      ),
    );
    return slices(
      lowering,
      self,
      axis,
      { tensor: places, dtype: 'int64', dims: [count] },
      src.tensor,
      'none',
    );
  }
  const parts = [
    ...(start > 0 ? [builder.slice(self.tensor, [axis], [0], [start])] : []),
    src.tensor,
    ...(end < length ? [builder.slice(self.tensor, [axis], [end], [length])] : []),
  ];
  return result(lowering, builder.concat(parts, axis));
};

/** Values written into a copy of a tensor, by place, index or slice. */
export const scatteringRules: LowerRules = {
  'scatter.src': scatter('none'),
  'scatter.value': scatter('none'),
  scatter_add: scatter('add'),
  index_add: indexAdd,
  index_put: indexPut,
  _unsafe_index_put: indexPut,
  select_scatter: selectScatter,
  slice_scatter: sliceScatter,
};
