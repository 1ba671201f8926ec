import { int, intOf, ints } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import type { Track } from '../receptive/track.ts';
import { float32 } from '../tensor.ts';
import type { Masking } from './masking.ts';

const RECURRENT = new Set(['LSTM', 'GRU', 'RNN']);
const OLDEST_OPSET = 11;

/** Whether a recurrent node can be run over real steps alone: time first, no lengths of its own. */
export function canSkipPadding(node: GraphNode, track: Track, opset: number): boolean {
  return (
    RECURRENT.has(node.op) &&
    opset >= OLDEST_OPSET &&
    intOf(node, 'layout') !== 1 &&
    !node.inputs[4] &&
    track.roles.indexOf('time') === 0 &&
    track.roles.indexOf('batch') === 1
  );
}

/**
 * The recurrence over the real steps of each instance, wherever they lie: these are put together at the beginning, the
 * operator is told how many there are, and its outputs go back to where the steps were, 0 on padding. Its last state is
 * that after the last real step.
 */
export function maskedRecurrence(node: GraphNode, track: Track, { writer, masks }: Masking): void {
  const count = track.field!.from.length;
  const mask = masks.perInstance(track, node.inputs[0]!);
  const k = masks.count(mask, count);
  const positions = masks.places(mask, count);
  const spread = writer.add('Cast', [k], { to: int(1) });
  // Real steps first, each kind in the order of time: all keys differ.
  const key = writer.add('Sub', [writer.add('Mul', [mask, spread]), positions]);
  const order = largest(writer, key, k);
  const back = largest(writer, writer.add('Neg', [writer.add('Cast', [order], { to: int(1) })]), k);
  const one = writer.constant(float32([], [1]));
  const ones = writer.add('Expand', [one, writer.add('Concat', [k, writer.ints([1])], { axis: int(0) })]);
  const lengths = writer.add(
    'Cast',
    [writer.add('Reshape', [writer.add('MatMul', [mask, ones]), writer.ints([-1])])],
    { to: int(6) },
  );
  const fetched = (from: string, index: string, singles: readonly number[], output?: string) => {
    const turned = writer.add('Transpose', [index], { perm: ints([1, 0]) });
    const laid = writer.add('Reshape', [turned, writer.ints([0, ...singles])]);
    const whole = writer.add('Expand', [laid, writer.add('Shape', [from])]);
    return writer.add('GatherElements', [from, whole], { axis: int(0) }, output);
  };
  const inputs = [...node.inputs];
  while (inputs.length < 5) inputs.push('');
  inputs[0] = fetched(node.inputs[0]!, order, [-1, 1]);
  inputs[4] = lengths;
  const [all] = node.outputs;
  const together = all ? writer.name(node.op) : '';
  writer.nodes.push({ ...node, inputs, outputs: [together, ...node.outputs.slice(1)] });
  if (all) fetched(together, back, [1, -1, 1], all);
}

/** Indices of a row's values from the largest to the smallest, int64 [N, P]. */
function largest(writer: Masking['writer'], key: string, k: string): string {
  const [values, indices] = [writer.name('TopK'), writer.name('TopK')];
  writer.nodes.push({
    op: 'TopK',
    domain: '',
    name: values,
    inputs: [key, k],
    outputs: [values, indices],
    attributes: { axis: int(1), largest: int(1), sorted: int(1) },
  });
  return indices;
}
