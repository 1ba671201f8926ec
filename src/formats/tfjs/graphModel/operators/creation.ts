import { int } from '../../../../graph/attributes.ts';
import { float32, int64, type Tensor } from '../../../../graph/tensor.ts';
import { fixedNumber, inputAt, knownSizes, type LowerNode, type NodeRules, unsupported } from '../lower.ts';
import { typeOf } from '../nodeAttributes.ts';
import { constantOf, inOrder, type NodeValue, numbersOf, wholeNumbers } from '../value.ts';

const fill: LowerNode = (lowering) => {
  const { emit } = lowering;
  const shape = knownSizes(lowering, 0, 'shape');
  const value = inputAt(lowering, 1);
  const tensor = emit.main('Expand', [emit.plain(value), emit.plain(inputAt(lowering, 0))]);
  return { dtype: value.dtype, shape, tensor, order: inOrder(shape.length) };
};

/** Of the shape and type of another tensor, in the order its axes lie in. */
function filledLike(value: 0 | 1): LowerNode {
  return (lowering) => {
    const { emit } = lowering;
    const x = inputAt(lowering, 0);
    const dims = emit.aside('Shape', [emit.arranged(x, x.order)]);
    const one: Tensor = x.dtype === 'int64' ? int64([1], [value]) : float32([1], [value]);
    const filled = emit.main('ConstantOfShape', [dims], { value: { kind: 'tensor', value: one } });
    const tensor = x.dtype === 'bool' ? emit.cast(filled, 'bool') : filled;
    return { dtype: x.dtype, shape: x.shape, tensor, order: x.order };
  };
}

const MOST = 2 ** 20;

const range: LowerNode = (lowering) => {
  const { emit } = lowering;
  const bounds = [inputAt(lowering, 0), inputAt(lowering, 1), inputAt(lowering, 2)];
  const [from, to, step] = bounds.map((value) => numbersOf(value)?.[0]);
  if (from === undefined || to === undefined || step === undefined) {
    const tensor = emit.main(
      'Range',
      bounds.map((value) => emit.plain(value)),
    );
    return { dtype: bounds[0]!.dtype, shape: [emit.size()], tensor, order: [0] };
  }
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (step === 0 || count > MOST)
    throw unsupported(lowering, `counts from ${from} to ${to} in steps of ${step}`);
  return wholeNumbers(Array.from({ length: count }, (_, i) => from + i * step));
};

const shapeOf: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  if (x.shape.every((size) => typeof size === 'number')) return wholeNumbers(x.shape as number[]);
  const tensor = lowering.emit.shape(x);
  return { dtype: 'int64', shape: [x.shape.length], tensor, order: [0], elements: x.shape };
};

const size: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const tensor = lowering.emit.main('Size', [lowering.emit.arranged(x, x.order)]);
  return { dtype: 'int64', shape: [], tensor, order: [] };
};

const oneHot: LowerNode = (lowering) => {
  const { emit, node } = lowering;
  const indices = inputAt(lowering, 0);
  const depth = fixedNumber(lowering, 1, 'number of classes');
  const [on, off] = [inputAt(lowering, 2), inputAt(lowering, 3)];
  const values = emit.aside(
    'Concat',
    [raised(on), raised(off)].reverse().map((value) => emit.plain(value)),
    {
      axis: int(0),
    },
  );
  const tensor = emit.main('OneHot', [emit.plain(indices), emit.ints([depth]), values], { axis: int(-1) });
  const shape = [...indices.shape, depth];
  return { dtype: typeOf(node, 'T', on.dtype), shape, tensor, order: inOrder(shape.length) };
};

function raised(value: NodeValue): NodeValue {
  return value.constant ? constantOf({ ...value.constant, dims: [1] }) : { ...value, shape: [1] };
}

/** Constants, ranges, one-hot, shapes. */
export const creationRules: NodeRules = {
  Fill: fill,
  OneHot: oneHot,
  OnesLike: filledLike(1),
  Range: range,
  Rank: (lowering) => wholeNumbers([inputAt(lowering, 0).shape.length], true),
  Shape: shapeOf,
  Size: size,
  ZerosLike: filledLike(0),
};
