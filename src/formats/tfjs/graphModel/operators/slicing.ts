import { int } from '../../../../graph/attributes.ts';
import { Refusal } from '../../../../refusal.ts';
import type { Emitter } from '../emitter.ts';
import {
  fixedNumbers,
  inputAt,
  type LowerNode,
  type NodeLowering,
  type NodeRules,
  unsupported,
} from '../lower.ts';
import { titleOf, wholeOf } from '../nodeAttributes.ts';
import { axisIn, elementsOf, type NodeSize, type NodeValue, wholeNumbers } from '../value.ts';
import { withAxis, withoutAxes } from './reshaping.ts';

/** A range along one axis, with Python's meaning; `to` null: up to the end. */
interface Range {
  readonly axis: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly step: number;
}

const END = 2 ** 31 - 1;

function sliced(emit: Emitter, x: NodeValue, ranges: readonly Range[]): NodeValue {
  const real = ranges.filter(({ from, to, step }) => !((from ?? 0) === 0 && to === null && step === 1));
  if (real.length === 0) return x;
  const order = [...x.order, ...real.map(({ axis }) => axis).filter((axis) => !x.order.includes(axis))];
  const starts = real.map(({ from, step }) => from ?? (step > 0 ? 0 : END));
  const ends = real.map(({ to, step }) => to ?? (step > 0 ? END : -END));
  const tensor = emit.main('Slice', [
    emit.arranged(x, order),
    emit.ints(starts),
    emit.ints(ends),
    emit.ints(real.map(({ axis }) => order.indexOf(axis))),
    emit.ints(real.map(({ step }) => step)),
  ]);
  const shape = x.shape.map((size, axis) => {
    const range = real.find((one) => one.axis === axis);
    return range === undefined ? size : lengthOf(emit, size, range);
  });
  return { dtype: x.dtype, shape, tensor, order };
}

function lengthOf(emit: Emitter, size: NodeSize, { from, to, step }: Range): NodeSize {
  if (typeof size !== 'number') return emit.size();
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (at: number | null, open: number) =>
    at === null ? open : Math.min(high, Math.max(low, at < 0 ? at + size : at));
  const [first, last] = [bound(from, step > 0 ? low : high), bound(to, step > 0 ? high : low)];
  return Math.max(0, Math.ceil((last - first) / step));
}

const slice: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const from = fixedNumbers(lowering, 1, 'beginning');
  const sizes = fixedNumbers(lowering, 2, 'size');
  if (from.length !== x.shape.length || sizes.length !== x.shape.length) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} does not cut every axis of its tensor.`);
  }
  const to = (axis: number) =>
    sizes[axis]! < 0 || from[axis]! + sizes[axis]! === x.shape[axis] ? null : from[axis]! + sizes[axis]!;
  return sliced(
    lowering.emit,
    x,
    x.shape.map((_, axis) => ({ axis, from: from[axis]!, to: to(axis), step: 1 })),
  );
};

interface Cut {
  readonly ranges: Range[];
  /** Axes of the tensor that are cut down to one element and taken away. */
  readonly gone: Set<number>;
  /** Where, in the result, axes of length 1 are put in. */
  readonly added: number[];
}

/** NumPy's indexing `x[a:b:c, ..., None, i]`, as TensorFlow writes it: begin, end, strides and five bit masks. */
function readCut(lowering: NodeLowering, rank: number): Cut {
  const begin = fixedNumbers(lowering, 1, 'beginning');
  const end = fixedNumbers(lowering, 2, 'end');
  const strides = fixedNumbers(lowering, 3, 'steps');
  const bit = (mask: string, i: number) => ((wholeOf(lowering.node, `${mask}_mask`, 0) >> i) & 1) === 1;
  const places = begin.map((_, i) => i);
  const named = places.filter((i) => !bit('ellipsis', i) && !bit('new_axis', i)).length;
  if (named > rank || begin.length > 16 || end.length !== begin.length || strides.length !== begin.length) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} cuts axes its tensor does not have.`);
  }
  const cut: Cut = { ranges: [], gone: new Set(), added: [] };
  let axis = 0;
  let at = 0;
  for (const i of places) {
    if (bit('ellipsis', i)) {
      at += rank - named;
      axis += rank - named;
    } else if (bit('new_axis', i)) {
      cut.added.push(at++);
    } else if (bit('shrink_axis', i)) {
      const from = begin[i]!;
      cut.ranges.push({ axis, from, to: from === -1 ? null : from + 1, step: 1 });
      cut.gone.add(axis++);
    } else {
      const step = strides[i]!;
      if (step === 0) throw new Refusal('broken-model', `${titleOf(lowering.node)} goes in steps of 0.`);
      const from = bit('begin', i) ? null : begin[i]!;
      cut.ranges.push({ axis: axis++, from, to: bit('end', i) ? null : end[i]!, step });
      at++;
    }
  }
  return cut;
}

const stridedSlice: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const { ranges, gone, added } = readCut(lowering, x.shape.length);
  const part = sliced(lowering.emit, x, ranges);
  const known = elementsOf(x);
  const [range] = ranges;
  const elements =
    known && x.shape.length === 1 && range && added.length === 0 ? picked(known, range) : undefined;
  if (elements?.every((size) => typeof size === 'number'))
    return wholeNumbers(elements as number[], gone.size > 0);
  const fixed = part.shape.map((size, axis) => (gone.has(axis) ? 1 : size));
  const left = withoutAxes(lowering, { ...part, shape: fixed }, gone);
  const result = added.reduce((value, axis) => withAxis(lowering, value, axis), left);
  return elements ? { ...result, elements } : { ...result, elements: undefined };
};

function picked(values: readonly NodeSize[], { from, to, step }: Range): readonly NodeSize[] | undefined {
  return step === 1 ? values.slice(from ?? 0, to ?? undefined) : undefined;
}

/** Takes away whole axes of one index each, or picks along one axis by a list. */
const gather: LowerNode = (lowering) => {
  const { emit, node } = lowering;
  const [x, indices] = [inputAt(lowering, 0), inputAt(lowering, 1)];
  if (wholeOf(node, 'batch_dims', 0) !== 0) throw unsupported(lowering, 'picks for each instance anew');
  const rank = x.shape.length;
  const axis = axisIn(
    lowering.inputs.length > 2 ? fixedNumbers(lowering, 2, 'axis')[0]! : 0,
    rank,
    titleOf(node),
  );
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const known = elementsOf(x);
  const chosen = elementsOf(indices);
  if (known && chosen?.every((i) => typeof i === 'number' && known[i] !== undefined)) {
    const elements = (chosen as number[]).map((i) => known[i]!);
    if (elements.every((size) => typeof size === 'number')) {
      return wholeNumbers(elements as number[], indices.shape.length === 0);
    }
    const tensor = emit.main('Gather', [emit.plain(x), emit.plain(indices)], { axis: int(0) });
    return { dtype: x.dtype, shape, tensor, order: shape.map((_, i) => i), elements };
  }
  const tensor = emit.main('Gather', [emit.plain(x), emit.plain(indices)], { axis: int(axis) });
  return { dtype: x.dtype, shape, tensor, order: shape.map((_, i) => i) };
};

const reverse: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const axes = fixedNumbers(lowering, 1, 'axes').map((axis) =>
    axisIn(axis, x.shape.length, titleOf(lowering.node)),
  );
  return {
    ...sliced(
      lowering.emit,
      x,
      axes.map((axis) => ({ axis, from: null, to: null, step: -1 })),
    ),
    shape: x.shape,
  };
};

const unpack: LowerNode = (lowering) => {
  const x = inputAt(lowering, 0);
  const axis = axisIn(wholeOf(lowering.node, 'axis', 0), x.shape.length, titleOf(lowering.node));
  const count = x.shape[axis];
  if (typeof count !== 'number' || count > 4096)
    throw unsupported(lowering, 'takes an axis of free length apart');
  const known = elementsOf(x);
  return Array.from({ length: count }, (_, i): NodeValue => {
    const size = known?.[i];
    if (typeof size === 'number') return wholeNumbers([size], true);
    const part = sliced(lowering.emit, x, [{ axis, from: i, to: i + 1, step: 1 }]);
    const left = withoutAxes(lowering, { ...part, shape: part.shape.with(axis, 1) }, new Set([axis]));
    return size === undefined ? left : { ...left, elements: [size] };
  });
};

function split(
  sizesOf: (lowering: NodeLowering, x: NodeValue, axis: number) => readonly number[],
  at: { x: number; axis: number },
): LowerNode {
  return (lowering) => {
    const { emit } = lowering;
    const x = inputAt(lowering, at.x);
    const axis = axisIn(fixedNumbers(lowering, at.axis, 'axis')[0]!, x.shape.length, titleOf(lowering.node));
    const sizes = sizesOf(lowering, x, axis);
    const order = x.order.includes(axis) ? x.order : [...x.order, axis];
    const outputs = emit.mainOutputs('Split', [emit.arranged(x, order), emit.ints(sizes)], sizes.length, {
      axis: int(order.indexOf(axis)),
    });
    return outputs.map(
      (tensor, i): NodeValue => ({ dtype: x.dtype, shape: x.shape.with(axis, sizes[i]!), tensor, order }),
    );
  };
}

const evenSizes = (lowering: NodeLowering, x: NodeValue, axis: number): readonly number[] => {
  const count = wholeOf(lowering.node, 'num_split', 1);
  const size = x.shape[axis];
  if (typeof size !== 'number' || count < 1 || size % count !== 0) {
    throw unsupported(lowering, `splits an axis of length ${size} into ${count}`);
  }
  return Array.from({ length: count }, () => size / count);
};

const givenSizes = (lowering: NodeLowering, x: NodeValue, axis: number): readonly number[] => {
  const sizes = fixedNumbers(lowering, 1, 'sizes');
  const rest = sizes.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0);
  const whole = x.shape[axis];
  const open = sizes.filter((size) => size < 0).length;
  if (typeof whole !== 'number' || open > 1 || (open === 0 ? rest !== whole : rest > whole)) {
    throw unsupported(lowering, `splits an axis of length ${whole} into [${sizes.slice(0, 8).join(', ')}]`);
  }
  return sizes.map((size) => (size < 0 ? whole - rest : size));
};

/** Parts of a tensor: slices, strides, gathering, splitting, reversing. */
export const slicingRules: NodeRules = {
  Gather: gather,
  GatherV2: gather,
  ReverseV2: reverse,
  Slice: slice,
  Split: split(evenSizes, { x: 1, axis: 0 }),
  SplitV: split(givenSizes, { x: 0, axis: 2 }),
  StridedSlice: stridedSlice,
  Unpack: unpack,
};
