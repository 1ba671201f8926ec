import { intOf } from '../attributes.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { padsAlong, slicedAlong } from './select.ts';
import { dimsOf, inputDims, type Track, type Visit } from './track.ts';

/** A row that stands for no single feature of the input. */
const NONE = -1;
const MERGED = 'batch×feature';

/**
 * Which feature of the input each row along an output's axis of features is, NONE where it is none or several; undefined
 * where they are the features in their order, or there is no such axis.
 * @param at which of the node's outputs
 * @param made its track
 */
export function rowsOf(visit: Visit, at: number, made: Track): readonly number[] | undefined {
  const axis = featureAxis(made);
  // Beside the instances in one axis, all rows of an instance lie together.
  const isMerged = axis < 0 && made.roles.includes(MERGED);
  if (axis < 0 && !isMerged) return undefined;
  const count = isMerged ? visit.features : dimsOf(visit, visit.node.outputs[at])[axis];
  const found = count === undefined ? undefined : (moved(visit, at, count) ?? kept(visit, count));
  return found?.every((row, place) => row === place) && found.length === visit.features ? undefined : found;
}

function featureAxis({ roles }: Track): number {
  return roles.indexOf('feature');
}

/** Of an input with an axis of features, in its order. */
function rowsIn(visit: Visit, index: number): readonly number[] | undefined {
  const track = visit.tracks[index];
  if (!track) return undefined;
  const axis = featureAxis(track);
  if (axis < 0 && !track.roles.includes(MERGED)) return undefined;
  const count = axis < 0 ? visit.features : (inputDims(visit, index)[axis] ?? 0);
  return track.rows ?? inOrder(count);
}

let lastOrder: readonly number[] = [];

/** 0 … count − 1: the same array while the count stays, since long graphs ask at every node. */
function inOrder(count: number): readonly number[] {
  if (lastOrder.length !== count) lastOrder = Array.from({ length: count }, (_, row) => row);
  return lastOrder;
}

/** Where the node takes, puts together or pads rows; undefined where it does not. */
function moved(visit: Visit, at: number, count: number): readonly number[] | undefined {
  const { node, tracks } = visit;
  const [first] = tracks;
  const axis = first ? featureAxis(first) : -1;
  const rank = first?.roles.length ?? 0;
  const along = (name: string, usual: number) => positiveAxis(intOf(node, name) ?? usual, rank) === axis;
  const own = rowsIn(visit, 0);
  const pick = (indices: readonly number[]) => indices.map((index) => own?.[index] ?? NONE);
  switch (node.op) {
    case 'Slice': {
      const indices = axis < 0 ? undefined : slicedAlong(visit, axis);
      return indices === 'computed' ? nothing(count) : indices && pick(indices);
    }
    case 'Gather': {
      if (axis < 0 || !along('axis', 0)) return undefined;
      const indices = node.inputs[1] ? visit.integers(node.inputs[1]) : undefined;
      return indices ? pick(indices.map((index) => positiveAxis(index, own!.length))) : nothing(count);
    }
    case 'Split': {
      if (axis < 0 || !along('axis', 0)) return undefined;
      const sizes = node.outputs.map((output) => dimsOf(visit, output)[axis] ?? 0);
      const from = sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
      return pick(Array.from({ length: count }, (_, row) => from + row));
    }
    case 'Concat':
      return joined(visit);
    case 'Pad': {
      const pads = axis < 0 ? undefined : padsAlong(visit, axis, rank);
      if (pads === undefined) return undefined;
      if (pads === 'computed') return nothing(count);
      return Array.from({ length: count }, (_, row) => own![row - pads[0]] ?? NONE);
    }
    case 'GatherElements':
    case 'ScatterElements':
    case 'GatherND':
    case 'ScatterND':
    case 'Resize':
    case 'Upsample':
      return nothing(count);
    default:
      return undefined;
  }
}

function nothing(count: number): readonly number[] {
  return Array.from({ length: count }, () => NONE);
}

/** One behind the other; what rests on no series has no rows of features. */
function joined(visit: Visit): readonly number[] | undefined {
  const { node, tracks } = visit;
  const known = tracks.find((track) => track !== undefined);
  const axis = known ? featureAxis(known) : -1;
  if (axis < 0 || positiveAxis(intOf(node, 'axis') ?? 1, known!.roles.length) !== axis) return undefined;
  return node.inputs.flatMap(
    (name, index) => rowsIn(visit, index) ?? nothing(dimsOf(visit, name)[axis] ?? 0),
  );
}

/** Rows stay where they are; where several tensors meet, only those that are the same feature in all. */
function kept(visit: Visit, count: number): readonly number[] | undefined {
  const all = visit.tracks.flatMap((_, index) => {
    const rows = rowsIn(visit, index);
    return rows?.length === count ? [rows] : [];
  });
  const [first, ...others] = all;
  if (others.every((rows) => rows === first)) return first;
  return first?.map((row, place) => (others.every((rows) => rows[place] === row) ? row : NONE));
}
