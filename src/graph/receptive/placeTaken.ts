import { intOf } from '../attributes.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { pick } from './field.ts';
import { inputDims, outputDims, type Track, timeAxis, type Visit } from './track.ts';

/** Of a Gather that takes one place of the time axis, and leaves the axis out: its input as it is there alone. */
export function placeTaken(visit: Visit): Track | undefined {
  const { node, tracks } = visit;
  const [track] = tracks;
  if (node.op !== 'Gather' || tracks[1] !== undefined || !track?.field) return undefined;
  const axis = positiveAxis(intOf(node, 'axis') ?? 0, track.roles.length);
  const isOne = outputDims(visit).length === track.roles.length - 1 && timeAxis(track) === axis;
  const [index] = (isOne && visit.integers(node.inputs[1]!)) || [];
  return index === undefined
    ? undefined
    : { ...track, field: pick(track.field, [positiveAxis(index, inputDims(visit, 0)[axis]!)]) };
}
