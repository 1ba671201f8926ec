import { int, intOf, intsOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { type Track, timeAxis } from '../receptive/track.ts';
import { numbers } from '../tensor.ts';
import type { Masking } from './masking.ts';

/** What exporters write for the end of an axis, at least. */
const MOST = 2 ** 31 - 1;

/** Whether a node picks the last position along time and nothing else: `x[:, -1]` of a recurrent model's sequence. */
export function picksLastStep(
  node: GraphNode,
  track: Track,
  { writer }: Pick<Masking, 'writer'>,
): 'without' | 'with' | undefined {
  const time = timeAxis(track);
  const rank = track.roles.length;
  const count = track.field!.from.length;
  const values = (index: number, attribute: string) => {
    const constant = writer.known(node.inputs[index] ?? '');
    return constant ? numbers(constant) : intsOf(node, attribute);
  };
  const isLast = (at: number | undefined) => at === -1 || at === count - 1;
  const isTime = (axis: number | undefined) => axis !== undefined && positiveAxis(axis, rank) === time;
  if (count < 2) return undefined;
  if (node.op === 'Gather') {
    const indices = values(1, 'indices');
    if (!isTime(intOf(node, 'axis') ?? 0) || indices?.length !== 1 || !isLast(indices[0])) return undefined;
    const dims = writer.known(node.inputs[1]!)!.dims;
    return dims.length === 0 ? 'without' : 'with';
  }
  if (node.op !== 'Slice') return undefined;
  const [starts = [], ends = []] = [values(1, 'starts'), values(2, 'ends')];
  const axes = values(3, 'axes') ?? [...starts.keys()];
  const steps = values(4, 'steps') ?? starts.map(() => 1);
  const at = axes.findIndex(isTime);
  // TensorFlow writes down the axes of which all is taken as well.
  const whole = starts.every((start, i) => i === at || (start === 0 && ends[i]! >= MOST && steps[i] === 1));
  return at >= 0 && whole && steps[at] === 1 && isLast(starts[at]) && ends[at]! >= count ? 'with' : undefined;
}

/** The last real step of each instance in place of the last position. */
export function lastRealStep(
  node: GraphNode,
  track: Track,
  keeps: 'without' | 'with',
  opset: number,
  { writer, masks }: Masking,
): void {
  const alone = writer.add('Mul', [node.inputs[0]!, masks.last(track, node.inputs[0]!)]);
  const axis = timeAxis(track);
  const keepdims = int(keeps === 'with' ? 1 : 0);
  const [output] = node.outputs;
  if (opset >= 13) writer.add('ReduceSum', [alone, writer.ints([axis])], { keepdims }, output);
  else writer.add('ReduceSum', [alone], { axes: { kind: 'ints', value: [axis] }, keepdims }, output);
}
