import { int, intOf, intsOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { type Track, timeAxis } from '../receptive/track.ts';
import { numbers } from '../tensor.ts';
import type { Masking } from './masking.ts';

/** What exporters write for the end of an axis, at least. */
const MOST = 2 ** 31 - 1;

/** Which end of the series a node reads, and whether the axis of time stays. */
interface EndStep {
  readonly end: 'first' | 'last';
  readonly keeps: 'without' | 'with';
}

/**
 * Whether a node picks the first or the last position along time and nothing else: `x[:, -1]` of a recurrent model's
 * sequence, `x[:, 0]` of its other direction.
 */
export function picksEndStep(
  node: GraphNode,
  track: Track,
  { writer, masks }: Pick<Masking, 'writer' | 'masks'>,
): EndStep | undefined {
  const time = timeAxis(track);
  const rank = track.roles.length;
  const count = track.field!.from.length;
  const values = (index: number, attribute: string) => {
    const constant = writer.known(node.inputs[index] ?? '');
    return constant ? numbers(constant) : intsOf(node, attribute);
  };
  // Of more positions than steps the first may be none of them, but a token of its own.
  const isWhole = count <= masks.steps && (track.field!.slot ?? 0) === 0;
  const endOf = (at: number | undefined): EndStep['end'] | undefined =>
    at === -1 || at === count - 1 ? 'last' : isWhole && (at === 0 || at === -count) ? 'first' : undefined;
  const isTime = (axis: number | undefined) => axis !== undefined && positiveAxis(axis, rank) === time;
  if (count < 2) return undefined;
  if (node.op === 'Gather') {
    const indices = values(1, 'indices');
    const end = isTime(intOf(node, 'axis') ?? 0) && indices?.length === 1 ? endOf(indices[0]) : undefined;
    return end && { end, keeps: writer.known(node.inputs[1]!)!.dims.length === 0 ? 'without' : 'with' };
  }
  if (node.op !== 'Slice') return undefined;
  const [starts = [], ends = []] = [values(1, 'starts'), values(2, 'ends')];
  const axes = values(3, 'axes') ?? [...starts.keys()];
  const strides = values(4, 'steps') ?? starts.map(() => 1);
  const at = axes.findIndex(isTime);
  // TensorFlow writes down the axes of which all is taken as well.
  const whole = starts.every((start, i) => i === at || (start === 0 && ends[i]! >= MOST && strides[i] === 1));
  const end = at >= 0 && whole && strides[at] === 1 ? endOf(starts[at]) : undefined;
  const isOne = end === 'last' ? ends[at]! >= count : ends[at] === 1 || ends[at] === 1 - count;
  return end && isOne ? { end, keeps: 'with' } : undefined;
}

/** The first or last real step of each instance in place of the first or last position. */
export function endRealStep(
  node: GraphNode,
  track: Track,
  { end, keeps }: EndStep,
  opset: number,
  { writer, masks }: Masking,
): void {
  const alone = writer.add('Mul', [node.inputs[0]!, masks[end](track, node.inputs[0]!)]);
  const axis = timeAxis(track);
  const keepdims = int(keeps === 'with' ? 1 : 0);
  const [output] = node.outputs;
  if (opset >= 13) writer.add('ReduceSum', [alone, writer.ints([axis])], { keepdims }, output);
  else writer.add('ReduceSum', [alone], { axes: { kind: 'ints', value: [axis] }, keepdims }, output);
}
