import { elementCount } from '../../../../graph/tensor.ts';
import { Refusal } from '../../../../refusal.ts';
import { permuted } from '../../../permuted.ts';
import {
  fixedNumber,
  fixedNumbers,
  inputAt,
  knownSizes,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { titleOf, wholesOf } from '../nodeAttributes.ts';
import { relabelled } from '../relabel.ts';
import {
  axisIn,
  constantOf,
  elementsOf,
  inOrder,
  type NodeSize,
  type NodeValue,
  sameSizes,
} from '../value.ts';

/** The target with its −1 told, as far as the sizes are known. @throws Refusal `broken-model` */
function targetShape(
  lowering: NodeLowering,
  from: readonly NodeSize[],
  target: readonly NodeSize[],
): NodeSize[] {
  const open = target.flatMap((size, axis) => (size === -1 ? [axis] : []));
  if (open.length > 1 || target.some((size) => typeof size === 'number' && size < -1)) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} asks for the shape [${target.join(', ')}].`);
  }
  const names = (sizes: readonly NodeSize[]) => sizes.filter((size) => typeof size === 'string');
  const product = (sizes: readonly NodeSize[]) =>
    elementCount(sizes.filter((size): size is number => typeof size === 'number' && size !== -1));
  const left = [...names(from)];
  for (const name of names(target)) {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    else if (open.length === 0) return [...target];
    else left.push('', '');
  }
  const quotient = product(from) / product(target);
  const known = left.length === 0 ? quotient : left.length === 1 && quotient === 1 ? left[0]! : undefined;
  if (left.length === 0 && (open.length === 0 ? quotient !== 1 : !Number.isInteger(quotient))) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} makes [${target.join(', ')}] of a tensor of shape [${from.join(', ')}].`,
    );
  }
  return target.map((size) => (size === -1 ? (known ?? lowering.emit.size()) : size));
}

function reshape(
  lowering: NodeLowering,
  x: NodeValue,
  target: readonly NodeSize[],
  computed: NodeValue | undefined,
): NodeValue {
  const { emit } = lowering;
  const shape = targetShape(lowering, x.shape, target);
  if (x.constant && shape.every((size) => typeof size === 'number')) {
    return constantOf(emit.alias(x.constant, { ...x.constant, dims: shape as number[] }));
  }
  const relabel = relabelled(x, shape);
  if (relabel) return { ...x, ...relabel, elements: undefined };
  const free = shape.flatMap((size, axis) =>
    typeof size === 'string' && size !== x.shape[axis] ? [axis] : [],
  );
  const written = shape.map((size, axis) => (typeof size === 'number' ? size : free.includes(axis) ? -1 : 0));
  if (free.length > 1 && computed === undefined) throw unsupported(lowering, 'has a shape that is not known');
  const dims = free.length > 1 ? emit.plain(computed!) : emit.ints(written);
  const tensor = emit.main('Reshape', [emit.plain(x), dims]);
  return { dtype: x.dtype, shape, tensor, order: inOrder(shape.length), ...elementsIf(x, shape) };
}

/** A scalar made a vector of one, or the reverse, keeps what is known about it. */
function elementsIf(x: NodeValue, shape: readonly NodeSize[]): Pick<NodeValue, 'elements'> {
  const elements = elementsOf(x);
  return elements && shape.length <= 1 ? { elements } : {};
}

const reshapeTo: LowerNode = (lowering) => {
  const target = inputAt(lowering, 1);
  return reshape(lowering, inputAt(lowering, 0), knownSizes(lowering, 1, 'shape'), target);
};

const expandDims: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const rank = x.shape.length + 1;
  const axis = axisIn(fixedNumber(lowering, 1, 'axis'), rank, titleOf(lowering.node));
  return withAxis(lowering, x, axis);
};

/** One more axis, of length 1; it takes no place in the tensor. */
export function withAxis({ emit }: Pick<NodeLowering, 'emit'>, x: NodeValue, axis: number): NodeValue {
  const shape = x.shape.toSpliced(axis, 0, 1);
  if (x.constant) return constantOf(emit.alias(x.constant, { ...x.constant, dims: shape as number[] }));
  const order = x.order.map((other) => (other >= axis ? other + 1 : other));
  const { dilation } = x;
  return {
    ...x,
    shape,
    order,
    elements: x.elements,
    ...(dilation
      ? {
          dilation: {
            rates: dilation.rates.toSpliced(axis, 0, 1),
            padsBegin: dilation.padsBegin.toSpliced(axis, 0, 0),
            padsEnd: dilation.padsEnd.toSpliced(axis, 0, 0),
          },
        }
      : {}),
  };
}

const squeeze: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const given = wholesOf(lowering.node, 'squeeze_dims');
  const named = given.length > 0 ? given : wholesOf(lowering.node, 'axis');
  const where = titleOf(lowering.node);
  const axes =
    named.length > 0
      ? named.map((axis) => axisIn(axis, x.shape.length, where))
      : x.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  const wide = axes.find((axis) => typeof x.shape[axis] === 'number' && x.shape[axis] !== 1);
  if (wide !== undefined)
    throw new Refusal('broken-model', `${where} takes away an axis of length ${x.shape[wide]}.`);
  return withoutAxes(lowering, x, new Set(axes));
};

/**
 * Without axes of size 1.
 * @param axes in TensorFlow's order
 */
export function withoutAxes(
  { emit }: Pick<NodeLowering, 'emit'>,
  x: NodeValue,
  axes: ReadonlySet<number>,
): NodeValue {
  const without = <T>(list: readonly T[]) => list.filter((_, axis) => !axes.has(axis));
  const shape = without(x.shape);
  if (x.constant) return constantOf(emit.alias(x.constant, { ...x.constant, dims: shape as number[] }));
  const left = x.order.filter((axis) => !axes.has(axis));
  const shift = (axis: number) => axis - [...axes].filter((other) => other < axis).length;
  const { dilation } = x;
  return {
    ...x,
    shape,
    tensor: emit.arranged(x, left),
    order: left.map(shift),
    ...(dilation
      ? {
          dilation: {
            rates: without(dilation.rates),
            padsBegin: without(dilation.padsBegin),
            padsEnd: without(dilation.padsEnd),
          },
        }
      : {}),
  };
}

/** The axes get new numbers; nothing moves until an operator needs it. */
const transpose: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const rank = x.shape.length;
  const given = fixedNumbers(lowering, 1, 'order of axes');
  const axes = given.map((axis) => axisIn(axis, rank, titleOf(lowering.node)));
  if (new Set(axes).size !== rank || axes.length !== rank) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} has the order of axes [${given.slice(0, 9).join(', ')}].`,
    );
  }
  if (x.constant) return constantOf(lowering.emit.alias(x.constant, permuted(x.constant, axes)));
  const shape = axes.map((axis) => x.shape[axis]!);
  return { ...x, shape, order: x.order.map((axis) => axes.indexOf(axis)) };
};

const broadcastTo: LowerNode = (lowering) => {
  const { emit } = lowering;
  const x = inputAt(lowering, 0);
  const sizes = knownSizes(lowering, 1, 'shape');
  const by = sizes.length - x.shape.length;
  const shape = sizes.map((size, axis) => (size === 1 ? (x.shape[axis - by] ?? 1) : size));
  if (sameSizes(shape, x.shape)) return x;
  const tensor = emit.main('Expand', [emit.plain(x), emit.plain(inputAt(lowering, 1))]);
  return { dtype: x.dtype, shape, tensor, order: inOrder(shape.length) };
};

/** Shapes that change while the values stay. */
export const reshapingRules: NodeRules = {
  BroadcastTo: broadcastTo,
  EnsureShape: (lowering) => inputAt(lowering, 0),
  ExpandDims: expandDims,
  Reshape: reshapeTo,
  Squeeze: squeeze,
  Transpose: transpose,
};
