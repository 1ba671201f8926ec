import { intOf, textOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { pick } from './field.ts';
import { inputDims, outputDims, type Track, timeAxis, type Visit } from './track.ts';

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);

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

/** Of the last state of a recurrence in one direction: its sequence as it is at the step where it ends. */
export function stateTaken(node: GraphNode, sequence: Track | undefined): Track | undefined {
  const direction = textOf(node, 'direction') ?? 'forward';
  if (!RECURRENT.has(node.op) || !sequence?.field || direction === 'bidirectional') return undefined;
  const end = direction === 'reverse' ? 0 : sequence.field.from.length - 1;
  return { ...sequence, field: pick(sequence.field, [end]) };
}
