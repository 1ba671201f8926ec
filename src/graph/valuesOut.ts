import { Refusal } from '../refusal.ts';
import { answerOutput } from './answerOutput.ts';
import { int, intOf, ints } from './attributes.ts';
import { GraphBuilder } from './builder.ts';
import { anyOutput } from './cutGraph.ts';
import type { AnswerSearch, FoundLogits, ValuesOut } from './foundLogits.ts';
import type { Graph } from './graph.ts';
import { receptiveFieldOf } from './layerAxes.ts';
import type { Track } from './receptive/track.ts';
import type { Shapes } from './shapes.ts';

/** More numbers a run than this are no answer a person could pick one of. */
const MOST_OUTPUTS = 65_536;

/**
 * The output of numbers [N], [N, K], [N, T, C] or [N, C, T] as a tensor [N, outputs]; undefined where there is none.
 * @throws Refusal `no-such-output`, `output-axes`, `too-many-outputs`
 */
export function findValues(graph: Graph, shapes: Shapes, search: AnswerSearch): FoundLogits | undefined {
  const fitting = graph.outputs.map(({ name }) => name).filter((name) => holdsNumbers(shapes, name));
  const answer = answerOutput(graph, shapes, fitting, { output: search.output });
  if (answer === undefined) return undefined;
  const { output } = answer;
  const dims = shapes.dims(output)!;
  const outputs = dims.slice(1).reduce((product, dim) => product * dim, 1);
  if (outputs > MOST_OUTPUTS) {
    const sentence = `The model's output "${output}" holds ${outputs.toLocaleString('en-US')} numbers per instance; one of at most ${MOST_OUTPUTS.toLocaleString('en-US')} can be explained.`;
    throw new Refusal('too-many-outputs', sentence);
  }
  const found = { ...answer, outputIs: 'values', classes: outputs, binary: false } as const;
  const plain = { steps: null, channels: outputs, perStep: false, reads: null, softmax: false };
  if (dims.length === 2) {
    const byStep = search.tracks.get(output)?.roles[1] === 'time';
    const perStep = byStep && outputs === search.steps;
    const reads = readsOf(search.tracks.get(output), 1);
    const values = byStep ? { ...plain, steps: outputs, channels: 1, perStep, reads } : plain;
    return { ...found, graph, logits: output, values };
  }
  const builder = new GraphBuilder(graph);
  const flat = (tensor: string) => builder.add('Flatten', [tensor], { axis: int(1) }, 'values');
  const done = (logits: string, values: ValuesOut): FoundLogits => ({
    ...found,
    graph: builder.build([...graph.outputs, anyOutput(logits)]),
    logits,
    values,
  });
  if (dims.length === 1) return done(flat(output), plain);
  const time = timeAxisOf(output, dims, search);
  const [steps, channels] = [dims[time]!, dims[3 - time]!];
  const softmax = search.task === 'regression' ? undefined : softmaxOver(graph, output, 3 - time);
  const tensor = softmax ?? output;
  const inOrder = time === 1 ? tensor : builder.add('Transpose', [tensor], { perm: ints([0, 2, 1]) });
  const reads = readsOf(search.tracks.get(output), time);
  return done(flat(inOrder), {
    ...{ steps, channels, perStep: steps === search.steps, reads, softmax: softmax !== undefined },
  });
}

/** Of an answer whose axis `time` holds steps. */
function readsOf(track: Track | undefined, time: number): number | null {
  return track?.field && track.roles[time] === 'time' ? receptiveFieldOf(track.field).size : null;
}

function holdsNumbers(shapes: Shapes, name: string): boolean {
  const rank = shapes.dims(name)?.length ?? 0;
  return (
    shapes.outputs[name]?.dtype.startsWith('float') === true &&
    rank >= 1 &&
    rank <= 3 &&
    shapes.batchAxis(name) === 0
  );
}

/** 1 or 2: by what was said, by what the axis stands for, by its length. */
function timeAxisOf(
  output: string,
  dims: readonly number[],
  { outputAxes, tracks, steps }: AnswerSearch,
): number {
  if (outputAxes !== undefined) return outputAxes.indexOf('T');
  const tracked = tracks.get(output)?.roles.indexOf('time') ?? -1;
  if (tracked > 0) return tracked;
  const long = [1, 2].filter((axis) => dims[axis] === steps);
  if (long.length === 1) return long[0]!;
  if (dims[2] === 1) return 1;
  if (dims[1] === 1) return 2;
  throw new Refusal(
    'output-axes',
    `The model's output "${output}" is [N, ${dims[1]}, ${dims[2]}], and which of both axes counts steps cannot be told; set "outputAxes" in attribution.json to "NTC" (steps first) or "NCT" (channels first).`,
  );
}

/** What goes into a final Softmax or LogSoftmax over the channels. */
function softmaxOver(graph: Graph, output: string, channel: number): string | undefined {
  const made = (name: string | undefined) => graph.nodes.find(({ outputs }) => outputs.includes(name ?? ''));
  let maker = made(output);
  // An output that bears a name of its own is a copy.
  while (maker?.op === 'Identity') maker = made(maker.inputs[0]);
  if (!maker || !['Softmax', 'LogSoftmax'].includes(maker.op)) return undefined;
  const old = (graph.opset ?? 13) < 13;
  const axis = ((intOf(maker, 'axis') ?? (old ? 1 : -1)) + 3) % 3;
  // Before opset 13 it goes over all axes from this one on.
  return axis === channel && (!old || axis === 2) ? maker.inputs[0] : undefined;
}
