import { intOf, intsOf } from '../attributes.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { elementwise } from '../receptive/combine.ts';
import { sameShape } from '../receptive/mixing.ts';
import { type LengthRule, type Lengths, type LengthVisit, moved, ownLength, together } from './lengths.ts';

const own = ({ node }: LengthVisit, axis: number) => ownLength(node.outputs[0]!, axis);

const asFirst: LengthRule = (visit) => visit.lengths(0);
const byElement: LengthRule = (visit) => together(visit, [...visit.node.inputs.keys()]);

/** Windows slide over the axes after batch and channel: longer in, longer out. */
const windows: LengthRule = (visit) =>
  new Map(
    [...visit.lengths(0)].flatMap(([axis, length]) =>
      axis === 0 ? [[0, length] as const] : axis === 1 ? [] : [[axis, own(visit, axis)] as const],
    ),
  );

const onlyBatch: LengthRule = (visit) => moved(visit.lengths(0), (axis) => (axis === 0 ? 0 : null));

function axesOf(visit: LengthVisit): readonly number[] | undefined {
  const { node } = visit;
  return intsOf(node, 'axes') ?? (node.inputs[1] ? visit.integers(1) : undefined);
}

const reduce: LengthRule = (visit) => {
  const { node } = visit;
  const rank = visit.rankOf(0);
  const arg = node.op.startsWith('Arg') ? [intOf(node, 'axis') ?? 0] : undefined;
  const said = arg ?? axesOf(visit);
  if (said === undefined && node.inputs[1]) return undefined;
  const none = said === undefined || said.length === 0;
  if (none && intOf(node, 'noop_with_empty_axes') === 1) return visit.lengths(0);
  const axes = none
    ? Array.from({ length: rank }, (_, i) => i)
    : said.map((axis) => positiveAxis(axis, rank));
  if ((intOf(node, 'keepdims') ?? 1) === 1)
    return moved(visit.lengths(0), (axis) => (axes.includes(axis) ? null : axis));
  return without(visit.lengths(0), axes);
};

function without(lengths: Lengths, axes: readonly number[]): Lengths {
  return moved(lengths, (axis) =>
    axes.includes(axis) ? null : axis - axes.filter((gone) => gone < axis).length,
  );
}

const transpose: LengthRule = (visit) => {
  const rank = visit.rankOf(0);
  const perm = intsOf(visit.node, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  return moved(visit.lengths(0), (axis) => perm.indexOf(axis));
};

const squeeze: LengthRule = (visit) => {
  const axes = axesOf(visit)?.map((axis) => positiveAxis(axis, visit.rankOf(0)));
  return axes && without(visit.lengths(0), axes);
};

const unsqueeze: LengthRule = (visit) => {
  const added = axesOf(visit)?.map((axis) => positiveAxis(axis, visit.rank));
  if (added === undefined) return undefined;
  const kept = Array.from({ length: visit.rank }, (_, i) => i).filter((axis) => !added.includes(axis));
  return moved(visit.lengths(0), (axis) => kept[axis] ?? null);
};

const slice: LengthRule = (visit) => {
  const { node } = visit;
  const lengths = new Map(visit.lengths(0));
  const given = [1, 2, 3, 4].filter((input) => node.inputs[input]);
  const cuts = given.some((input) => visit.moves(input)) || lengths.size > 0;
  if (!cuts) return lengths;
  const starts = intsOf(node, 'starts');
  const axes =
    intsOf(node, 'axes') ??
    (node.inputs[3] ? visit.integers(3) : Array.from({ length: starts?.length ?? visit.rank }, (_, i) => i));
  if (axes === undefined) return undefined;
  const bounds = given.map((input) => visit.word(input)).join(' ');
  axes.forEach((said, i) => {
    const axis = positiveAxis(said, visit.rank);
    if (!given.some((input) => visit.moves(input)) && !lengths.has(axis)) return;
    lengths.set(axis, `${visit.length(0, axis)} cut ${i} by ${bounds}`);
  });
  return lengths;
};

const gather: LengthRule = (visit) => {
  const axis = positiveAxis(intOf(visit.node, 'axis') ?? 0, visit.rankOf(0));
  const wide = visit.rankOf(1);
  const kept = moved(visit.lengths(0), (at) => (at < axis ? at : at === axis ? null : at + wide - 1));
  return new Map([...kept, ...moved(visit.lengths(1), (at) => at + axis)]);
};

const concat: LengthRule = (visit) => {
  const axis = positiveAxis(intOf(visit.node, 'axis') ?? 0, visit.rank);
  const inputs = [...visit.node.inputs.keys()];
  const all = new Map(together(visit, inputs));
  if (all.has(axis)) all.set(axis, own(visit, axis));
  return all;
};

const matMul: LengthRule = (visit) => {
  const [left, right] = [visit.rankOf(0), visit.rankOf(1)];
  if (left < 2 || right < 2) return undefined;
  const rows = visit.lengths(0).get(left - 2);
  const columns = visit.lengths(1).get(right - 1);
  return new Map([
    ...together(visit, [0, 1], 2),
    ...(rows === undefined ? [] : [[visit.rank - 2, rows] as const]),
    ...(columns === undefined ? [] : [[visit.rank - 1, columns] as const]),
  ]);
};

const gemm: LengthRule = (visit) => {
  const rows = visit.lengths(0).get(intOf(visit.node, 'transA') === 1 ? 1 : 0);
  const columns = visit.lengths(1).get(intOf(visit.node, 'transB') === 1 ? 0 : 1);
  return new Map([
    ...(rows === undefined ? [] : [[0, rows] as const]),
    ...(columns === undefined ? [] : [[1, columns] as const]),
  ]);
};

const flatten: LengthRule = (visit) => {
  const axis = positiveAxis(intOf(visit.node, 'axis') ?? 1, visit.rankOf(0));
  const sides = new Set([...visit.lengths(0).keys()].map((at) => (at < axis ? 0 : 1)));
  return new Map([...sides].map((side) => [side, own(visit, side)]));
};

/** A count taken from the values decides one axis. */
const counted =
  (input: number, axisOf: (visit: LengthVisit) => number): LengthRule =>
  (visit) => {
    const lengths = new Map(visit.lengths(0));
    const axis = axisOf(visit);
    if (visit.moves(input)) lengths.set(axis, own(visit, axis));
    return lengths;
  };

const WINDOWS = ['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'LpPool'];
const REDUCTIONS = ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'L1', 'L2', 'LogSum', 'LogSumExp', 'SumSquare'];
const AS_FIRST = [
  ...Object.keys(sameShape),
  ...['ScatterND', 'ScatterElements', 'BatchNormalization', 'Dropout', 'LRN', 'ReverseSequence', 'Trilu'],
];
const only = (names: readonly string[], rule: LengthRule) =>
  Object.fromEntries(names.map((op) => [op, rule]));

/** By operator; of those that are not listed every output follows where an input does. */
export const lengthRules: Readonly<Record<string, LengthRule>> = {
  ...only(
    Object.keys(elementwise).filter((op) => op !== 'Expand'),
    byElement,
  ),
  ...only(AS_FIRST, asFirst),
  ...only(WINDOWS, windows),
  ...only(['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'], onlyBatch),
  ...only([...REDUCTIONS.map((name) => `Reduce${name}`), 'ArgMax', 'ArgMin'], reduce),
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Slice: slice,
  Gather: gather,
  GatherElements: (visit) => visit.lengths(1),
  Concat: concat,
  MatMul: matMul,
  Gemm: gemm,
  Flatten: flatten,
  TopK: counted(1, ({ node, rank }) => positiveAxis(intOf(node, 'axis') ?? -1, rank)),
  NonZero: (visit) => new Map(visit.moves(0) || visit.lengths(0).size > 0 ? [[1, own(visit, 1)]] : []),
  Shape: () => new Map(),
  Size: () => new Map(),
};
