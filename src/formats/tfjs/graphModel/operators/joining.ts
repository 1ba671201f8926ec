import { int, text } from '../../../../graph/attributes.ts';
import { float32 } from '../../../../graph/tensor.ts';
import { Refusal } from '../../../../refusal.ts';
import {
  fixedNumber,
  fixedNumbers,
  inputAt,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { textOf, titleOf, wholeOf } from '../nodeAttributes.ts';
import {
  axisIn,
  constantOf,
  elementsOf,
  MOST_ELEMENTS,
  type NodeSize,
  type NodeValue,
  wholeNumbers,
} from '../value.ts';
import { withAxis } from './reshaping.ts';

/** In the order of the first one that is computed, so that channels-first tensors stay so. */
function joined(lowering: NodeLowering, values: readonly NodeValue[], axis: number): NodeValue {
  const { emit } = lowering;
  const [first] = values;
  const rank = first!.shape.length;
  if (values.some((value) => value.shape.length !== rank)) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} joins tensors of different numbers of axes.`,
    );
  }
  const lead = values.find((value) => !value.constant) ?? first!;
  const wanted = new Set([axis, ...values.flatMap((value) => value.order)]);
  const order = [...lead.order];
  for (const other of [...wanted].sort((a, b) => a - b)) {
    if (order.includes(other)) continue;
    const before = order.findIndex((one) => one > other);
    order.splice(before < 0 ? order.length : before, 0, other);
  }
  const tensors = values.map((value) => emit.arranged(value, order));
  const tensor = emit.main('Concat', tensors, { axis: int(order.indexOf(axis)) });
  const sizes = values.map((value) => value.shape[axis]!);
  const whole = sizes.every((size) => typeof size === 'number');
  const size: NodeSize = whole ? (sizes as number[]).reduce((sum, one) => sum + one, 0) : emit.size();
  const elements = rank === 1 ? joinedElements(values) : undefined;
  return {
    dtype: first!.dtype,
    shape: first!.shape.with(axis, size),
    tensor,
    order,
    ...(elements ? { elements } : {}),
  };
}

function joinedElements(values: readonly NodeValue[]): readonly NodeSize[] | undefined {
  const all = values.map(elementsOf);
  const count = all.reduce((sum, elements) => sum + (elements?.length ?? Infinity), 0);
  return count <= MOST_ELEMENTS ? all.flatMap((elements) => elements ?? []) : undefined;
}

function knownVector(values: readonly NodeValue[]): NodeValue | undefined {
  const elements = values.every(({ shape }) => shape.length <= 1) ? joinedElements(values) : undefined;
  const known = elements?.every((size) => typeof size === 'number');
  return known ? wholeNumbers(elements as number[]) : undefined;
}

const concat: LowerNode = (lowering) => {
  const [axisAt, values] =
    lowering.node.op === 'Concat'
      ? [0, lowering.inputs.slice(1)]
      : [lowering.inputs.length - 1, lowering.inputs.slice(0, -1)];
  const [first] = values;
  if (first === undefined) throw new Refusal('broken-model', `${titleOf(lowering.node)} joins nothing.`);
  const axis = axisIn(fixedNumber(lowering, axisAt, 'axis'), first.shape.length, titleOf(lowering.node));
  const known = first.dtype === 'int64' && first.shape.length === 1 ? knownVector(values) : undefined;
  return known ?? (values.length === 1 ? first : joined(lowering, values, axis));
};

/** Stacks along a new axis. */
const pack: LowerNode = (lowering) => {
  const first = inputAt(lowering, 0);
  const axis = axisIn(wholeOf(lowering.node, 'axis', 0), first.shape.length + 1, titleOf(lowering.node));
  const known =
    first.dtype === 'int64' && first.shape.length === 0 ? knownVector(lowering.inputs) : undefined;
  if (known) return known;
  return joined(
    lowering,
    lowering.inputs.map((value) => ({ ...withAxis(lowering, value, axis), ...keptElements(value) })),
    axis,
  );
};

function keptElements(value: NodeValue): Pick<NodeValue, 'elements'> {
  const elements = value.shape.length === 0 ? elementsOf(value) : undefined;
  return elements && !value.constant ? { elements } : {};
}

const tile: LowerNode = (lowering) => {
  const { emit } = lowering;
  const x = inputAt(lowering, 0);
  const times = fixedNumbers(lowering, 1, 'repetitions');
  if (times.length !== x.shape.length) throw unsupported(lowering, 'repeats axes its tensor does not have');
  const more = times.flatMap((count, axis) => (count !== 1 && !x.order.includes(axis) ? [axis] : []));
  const order = [...x.order, ...more];
  const tensor = emit.main('Tile', [emit.arranged(x, order), emit.ints(order.map((axis) => times[axis]!))]);
  const shape = x.shape.map(
    (size, axis): NodeSize =>
      times[axis] === 1 ? size : typeof size === 'number' ? size * times[axis]! : emit.size(),
  );
  return { dtype: x.dtype, shape, tensor, order };
};

function pads(lowering: NodeLowering, mode: 'constant' | 'reflect', value: number): NodeValue {
  const { emit } = lowering;
  const x = inputAt(lowering, 0);
  const all = fixedNumbers(lowering, 1, 'paddings');
  if (all.length !== 2 * x.shape.length || all.some((pad) => pad < 0)) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} pads by [${all.slice(0, 16).join(', ')}].`);
  }
  const padded = (axis: number) => all[2 * axis]! + all[2 * axis + 1]!;
  const more = x.shape.flatMap((_, axis) => (padded(axis) > 0 && !x.order.includes(axis) ? [axis] : []));
  const order = [...x.order, ...more];
  const both = [...order.map((axis) => all[2 * axis]!), ...order.map((axis) => all[2 * axis + 1]!)];
  const inputs = [emit.arranged(x, order), emit.ints(both)];
  if (mode === 'constant' && value !== 0) inputs.push(emit.plain(constantOf(float32([], [value]))));
  const tensor = emit.main('Pad', inputs, mode === 'constant' ? {} : { mode: text(mode) });
  const shape = x.shape.map(
    (size, axis): NodeSize =>
      padded(axis) === 0 ? size : typeof size === 'number' ? size + padded(axis) : emit.size(),
  );
  return { dtype: x.dtype, shape, tensor, order };
}

const padWith: LowerNode = (lowering) => {
  const { constant } = inputAt(lowering, 2);
  if (constant?.data.length !== 1) throw unsupported(lowering, 'computes the value it pads with');
  return pads(lowering, 'constant', Number(constant.data[0]));
};

const mirror: LowerNode = (lowering) => {
  const mode = textOf(lowering.node, 'mode', 'REFLECT');
  if (mode !== 'REFLECT') throw unsupported(lowering, `pads in the mode ${mode}`);
  return pads(lowering, 'reflect', 0);
};

/** Concatenation, stacking, tiling and padding. */
export const joiningRules: NodeRules = {
  Concat: concat,
  ConcatV2: concat,
  MirrorPad: mirror,
  Pack: pack,
  Pad: (lowering) => pads(lowering, 'constant', 0),
  PadV2: padWith,
  Tile: tile,
};
