import { intOf, intsOf, textOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { einsum } from './einsum.ts';
import { withChannels } from './factors.ts';
import { type Field, readingEverything, running, shifted } from './field.ts';
import {
  hidesTime,
  integersOf,
  lost,
  outputDims,
  type Role,
  type Track,
  type TrackRule,
  type TrackRules,
  timeAxis,
  type Visit,
  withoutTime,
} from './track.ts';

/** The same where every position may read every step. */
export function everywhere(track: Track, steps: number): Track {
  const { field, before, merged } = track;
  const hidden = {
    ...(before && { before: { ...before, field: readingEverything(before.field, steps) } }),
    ...(merged?.field && { merged: { ...merged, field: readingEverything(merged.field, steps) } }),
  };
  if (hidesTime(track)) return { ...track, ...hidden };
  return field === null ? track : { ...track, field: readingEverything(field, steps) };
}

/** Reductions: an axis that is summed goes away or stays as a singleton. */
const reduce: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const rank = track.roles.length;
  const given = integersOf(visit, 'axes', 1);
  if (given === 'computed') return [lost(outputDims(visit).length)];
  const arg = node.op.startsWith('Arg') ? [intOf(node, 'axis') ?? 0] : undefined;
  if (given?.length === 0 && intOf(node, 'noop_with_empty_axes') === 1) return [track];
  const axes = new Set(
    (arg ?? (given?.length ? given : track.roles.map((_, axis) => axis))).map((axis) =>
      positiveAxis(axis, rank),
    ),
  );
  const keep = (intOf(node, 'keepdims') ?? 1) === 1;
  const roles = track.roles.flatMap((role, axis): Role[] => {
    if (!axes.has(axis)) return [role];
    return keep ? ['other'] : [];
  });
  return [roles.includes('time') ? { roles, field: track.field } : withoutTime(roles)];
};

/** Global pooling: every axis after batch and channel becomes a singleton. */
const globalPool: TrackRule = ({ tracks: [track] }) => {
  return [track && { roles: track.roles.map((role, axis) => (axis < 2 ? role : 'other')), field: null }];
};

/** Each value depends on all others along these axes. */
function over(axes: (visit: Visit, rank: number) => (axis: number) => boolean): TrackRule {
  return (visit) => {
    const [track] = visit.tracks;
    if (track === undefined) return [undefined];
    const mixed = axes(visit, track.roles.length);
    return [hidesTime(track) || mixed(timeAxis(track)) ? everywhere(track, visit.steps) : track];
  };
}

const overSpatial = over(() => (axis) => axis >= 2);
const overAll = over(() => (axis) => axis >= 0);
const overLast = over(
  ({ node }, rank) =>
    (axis) =>
      axis >= positiveAxis(intOf(node, 'axis') ?? -1, rank),
);
const overOne = over(({ node, opset }, rank) => {
  const chosen = positiveAxis(
    intOf(node, 'axis') ?? (opset < 13 && node.op !== 'LpNormalization' ? 1 : -1),
    rank,
  );
  const flattens = opset < 13 && node.op.endsWith('max');
  return (axis) => (flattens ? axis >= chosen : axis === chosen);
});
const overListed = over(({ node }, rank) => {
  const axes = (intsOf(node, 'axes') ?? [0, 2, 3]).map((axis) => positiveAxis(axis, rank));
  return (axis) => axes.includes(axis);
});

/** With weights on one side the last (or the one before) axis is mixed; of two activations everything is. */
const matMul: TrackRule = (visit) => {
  const [a, b] = visit.tracks;
  const rank = outputDims(visit).length;
  if (a !== undefined && b !== undefined) {
    const roles = a.roles.map((role, axis): Role => (axis === a.roles.length - 1 ? 'channel' : role));
    const usable = a.field !== null && roles.includes('time') && roles.length === rank;
    const merged = withChannels(a, rank - 1, outputDims(visit)[rank - 1]!);
    return [
      usable
        ? { roles, field: readingEverything(a.field!, visit.steps), ...(merged && { merged }) }
        : lost(rank),
    ];
  }
  const track = a ?? b;
  if (track === undefined) return [undefined];
  if (track.roles.length !== rank) return [lost(rank)];
  const mixed = a === undefined ? rank - 2 : rank - 1;
  const roles = track.roles.map((role, axis): Role => (axis === mixed ? 'channel' : role));
  const merged = withChannels(track, mixed, outputDims(visit)[mixed]!);
  if (roles.includes('time')) return [{ roles, field: track.field, ...(merged && { merged }) }];
  // A dense layer step by step: the steps are still told apart when they are laid out again.
  const before = roles.includes('batch×time') ? track.before : undefined;
  return [{ ...withoutTime(roles), ...(before ? { before } : {}), ...(merged && { merged }) }];
};

const gemm: TrackRule = (visit) => {
  const [rows] = visit.tracks;
  const stepByStep = rows && (rows.merged || rows.before) && rows.roles[0] !== 'batch';
  if (stepByStep && intOf(visit.node, 'transA') !== 1) return matMul(visit);
  const known = visit.tracks.find((track) => track !== undefined);
  return [known && { roles: ['batch', 'channel'], field: null }];
};

/** Every query reads all keys: laid out as the queries are. */
const attention: TrackRule = (visit) => {
  const [query] = visit.tracks;
  const rank = outputDims(visit).length;
  const usable = query !== undefined && query.field !== null && query.roles.length === rank;
  return [usable ? everywhere({ ...query, roles: withChannelLast(query.roles) }, visit.steps) : lost(rank)];
};

function withChannelLast(roles: readonly Role[]): Role[] {
  return roles.map((role, axis) => (axis === roles.length - 1 ? 'channel' : role));
}

/** Along time a running sum reads everything up to the position, or from it on. */
const cumulative: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track?.field == null) return [track];
  const [axis] = (node.inputs[1] ? visit.integers(node.inputs[1]) : undefined) ?? [];
  if (axis === undefined) return [everywhere(track, visit.steps)];
  if (positiveAxis(axis, track.roles.length) !== timeAxis(track)) return [track];
  const run = running(track.field, intOf(node, 'reverse') === 1);
  return [
    { ...track, field: intOf(node, 'exclusive') === 1 ? shifted(run, intOf(node, 'reverse') === 1) : run },
  ];
};

/** LSTM, GRU, RNN: Y is [T, D, N, H] (layout 1: [N, T, D, H]); the last states have no time axis. */
const recurrent: TrackRule = (visit) => {
  const { node } = visit;
  const [track] = visit.tracks;
  if (track === undefined) return [undefined];
  const batchFirst = intOf(node, 'layout') === 1;
  const rolesOfY: Role[] = batchFirst
    ? ['batch', 'time', 'other', 'channel']
    : ['time', 'other', 'batch', 'channel'];
  const steps = timeAxis(track) === (batchFirst ? 1 : 0);
  const sequence: Track =
    track.field !== null && steps
      ? { roles: rolesOfY, field: stateField(node, track.field, visit.steps) }
      : withoutTime(rolesOfY);
  const state: Role[] = batchFirst ? ['batch', 'other', 'channel'] : ['other', 'batch', 'channel'];
  return [sequence, { roles: state, field: null }, { roles: state, field: null }];
};

/** A state rests on the steps before it, or behind it where the layer runs backwards. */
function stateField(node: GraphNode, field: Field, steps: number): Field {
  const direction = textOf(node, 'direction') ?? 'forward';
  return direction === 'bidirectional'
    ? readingEverything(field, steps)
    : running(field, direction === 'reverse');
}

/** Shapes are no values of the input: nothing that rests only on them is explained. */
const untracked: TrackRule = () => [undefined];

const REDUCTIONS = ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'L1', 'L2', 'LogSum', 'LogSumExp', 'SumSquare'];

/** Those whose output has the shape of the first input; what stands beside that is a parameter. */
export const sameShape: TrackRules = {
  InstanceNormalization: overSpatial,
  GroupNormalization: overAll,
  LayerNormalization: overLast,
  RMSNormalization: overLast,
  MeanVarianceNormalization: overListed,
  LpNormalization: overOne,
  Softmax: overOne,
  LogSoftmax: overOne,
  Hardmax: overOne,
  CumSum: cumulative,
  RotaryEmbedding: overLast,
};

/** Operators that read whole axes: reductions, norms, products of matrices, attention, recurrence. */
export const mixing: TrackRules = {
  ...sameShape,
  ...Object.fromEntries(REDUCTIONS.map((name) => [`Reduce${name}`, reduce])),
  ArgMax: reduce,
  ArgMin: reduce,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  Attention: attention,
  Einsum: einsum,
  MatMul: matMul,
  Gemm: gemm,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
  Shape: untracked,
  Size: untracked,
  ConstantOfShape: untracked,
};
