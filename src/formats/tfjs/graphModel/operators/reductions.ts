import { int, ints } from '../../../../graph/attributes.ts';
import type { Attributes } from '../../../../graph/graph.ts';
import {
  fixedNumber,
  fixedNumbers,
  inputAt,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { flagOf, titleOf, typeOf } from '../nodeAttributes.ts';
import { axisIn, type NodeValue, numbersOf, wholeNumbers } from '../value.ts';
import { cast } from './elementwise.ts';

const REDUCTIONS: Readonly<Record<string, string>> = {
  EuclideanNorm: 'ReduceL2',
  Max: 'ReduceMax',
  Mean: 'ReduceMean',
  Min: 'ReduceMin',
  Prod: 'ReduceProd',
  Sum: 'ReduceSum',
};

/** The value without these axes, or with length 1 there. */
function reduced(x: NodeValue, axes: ReadonlySet<number>, keep: boolean): Pick<NodeValue, 'shape' | 'order'> {
  const left = x.order.filter((axis) => !axes.has(axis));
  if (keep) return { shape: x.shape.map((size, axis) => (axes.has(axis) ? 1 : size)), order: left };
  const shift = (axis: number) => axis - [...axes].filter((other) => other < axis).length;
  return { shape: x.shape.filter((_, axis) => !axes.has(axis)), order: left.map(shift) };
}

function axesOf(lowering: NodeLowering, rank: number): ReadonlySet<number> {
  const axes = fixedNumbers(lowering, 1, 'axes');
  return new Set(axes.map((axis) => axisIn(axis, rank, titleOf(lowering.node))));
}

/** Axes that are kept are of length 1 and need no place in the tensor, so none is ever written. */
function reduce(op: string): LowerNode {
  return (lowering) => {
    const { emit, node } = lowering;
    const x = inputAt(lowering, 0);
    const axes = axesOf(lowering, x.shape.length);
    const known = numbersOf(x);
    if (
      node.op === 'Prod' &&
      known &&
      x.shape.length === 1 &&
      axes.size === 1 &&
      !flagOf(node, 'keep_dims')
    ) {
      const product = known.reduce((all, size) => all * size, 1);
      if (Number.isSafeInteger(product)) return wholeNumbers([product], true);
    }
    const places = x.order.flatMap((axis, at) => (axes.has(axis) ? [at] : []));
    const form = reduced(x, axes, flagOf(node, 'keep_dims'));
    const inner = emit.arranged(x, x.order);
    if (places.length === 0)
      return { ...x, ...form, tensor: inner, constant: undefined, elements: undefined };
    const keepdims: Attributes = { keepdims: int(0) };
    const tensor =
      op === 'ReduceSum'
        ? emit.main(op, [inner, emit.ints(places)], keepdims)
        : emit.main(op, [inner], { axes: ints(places), ...keepdims });
    return { dtype: x.dtype, ...form, tensor };
  };
}

/** Over truth values: the least or largest of 0 and 1. */
function reduceTruth(op: 'ReduceMax' | 'ReduceMin'): LowerNode {
  return (lowering) => {
    const numbers = cast(lowering, inputAt(lowering, 0), 'float32');
    const found = reduce(op)({ ...lowering, inputs: [numbers, inputAt(lowering, 1)] }) as NodeValue;
    return cast(lowering, found, 'bool');
  };
}

function arg(op: 'ArgMax' | 'ArgMin'): LowerNode {
  return (lowering) => {
    const { emit } = lowering;
    const x = inputAt(lowering, 0);
    const axis = axisIn(fixedNumber(lowering, 1, 'axis'), x.shape.length, titleOf(lowering.node));
    if (typeOf(lowering.node, 'output_type', 'int64') !== 'int64')
      throw unsupported(lowering, 'gives no whole numbers');
    const order = x.order.includes(axis) ? x.order : [...x.order, axis];
    const attributes = { axis: int(order.indexOf(axis)), keepdims: int(0) };
    const tensor = emit.main(op, [emit.arranged(x, order)], attributes);
    return {
      dtype: 'int64',
      ...reduced({ ...x, order }, new Set([axis]), false),
      tensor,
    } satisfies NodeValue;
  };
}

/** Sums, means, extremes and where they are. */
export const reductionRules: NodeRules = {
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([name, op]) => [name, reduce(op)])),
  All: reduceTruth('ReduceMin'),
  Any: reduceTruth('ReduceMax'),
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
};
