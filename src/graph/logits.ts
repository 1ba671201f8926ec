import { Refusal } from '../refusal.ts';
import { type AnswerOutput, answerOutput, FINAL } from './answerOutput.ts';
import { int } from './attributes.ts';
import { GraphBuilder } from './builder.ts';
import { anyOutput } from './cutGraph.ts';
import type { AnswerSearch, FoundLogits } from './foundLogits.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { OutputKind } from './outputKind.ts';
import type { Shapes } from './shapes.ts';
import { taskWritten } from './task.ts';
import { numbers } from './tensor.ts';
import { findValues } from './valuesOut.ts';

const PASSES = new Set(['Identity', 'Cast', 'Dropout', 'Squeeze', 'Unsqueeze', 'Reshape', 'Flatten']);

/** @throws Refusal `not-a-classifier`, `no-such-output`, `output-axes`, `too-many-outputs` */
export function findAnswer(graph: Graph, shapes: Shapes, search: AnswerSearch): FoundLogits {
  const task = search.task ?? taskWritten(graph);
  const { output, tied } = classOutput(graph, shapes, search) ?? {};
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const final = output === undefined ? undefined : beforeFinal(output, makers);
  const byStep = output !== undefined && search.tracks.get(output)?.roles[1] === 'time';
  if (!final || task === 'regression' || (byStep && final.kind === 'logits' && task === undefined)) {
    const values = findValues(graph, shapes, { ...search, task });
    if (values) return values;
    throw noAnswer(graph, shapes);
  }
  const { logits, kind } = final;
  const classes = shapes.dims(output!)![1] ?? 1;
  const plain = shapes.dims(logits)?.length === 2;
  if (plain && classes > 1) {
    return { graph, output: output!, tied, logits, outputIs: kind, classes, binary: false };
  }
  const builder = new GraphBuilder(graph);
  const flat = plain ? logits : builder.add('Flatten', [logits], { axis: int(1) }, 'logits');
  const both =
    classes > 1
      ? flat
      : builder.add('Concat', [builder.add('Neg', [flat]), flat], { axis: int(1) }, 'logits');
  return {
    graph: builder.build([...graph.outputs, anyOutput(both)]),
    output: output!,
    tied,
    logits: both,
    // σ(z) of one output is the same as the sigmoid of each of [−z, z].
    outputIs: classes > 1 ? kind : 'sigmoid',
    classes: Math.max(2, classes),
    binary: classes === 1,
    ...(classes === 1 && kind === 'logits' && task === undefined && { open: true }),
  };
}

/** The output [N, C] or [N] that holds the scores. */
function classOutput(graph: Graph, shapes: Shapes, search: AnswerSearch): AnswerOutput | undefined {
  const fitting = graph.outputs
    .map(({ name }) => name)
    .filter((name) => {
      const dims = shapes.dims(name);
      return (
        shapes.outputs[name]?.dtype.startsWith('float') &&
        (dims?.length === 2 || dims?.length === 1) &&
        shapes.batchAxis(name) === 0
      );
    });
  const isOfSteps = search.output !== undefined && !fitting.includes(search.output);
  return isOfSteps ? undefined : answerOutput(graph, shapes, fitting, search);
}

function noAnswer(graph: Graph, shapes: Shapes): Refusal {
  const shown = graph.outputs.map(({ name }) => `"${name}" ${shownShape(shapes, name)}`);
  const lone = graph.outputs.find(({ name }) => (shapes.dims(name)?.length ?? 2) < 2);
  if (lone && shapes.batch === 1) {
    return new Refusal(
      'not-a-classifier',
      `The model gives "${lone.name}" ${shownShape(shapes, lone.name)} for the one instance that it takes, without an axis of instances, which squeeze() takes away from a single one. Name the axis (squeeze(-1)) and export it again with an example of several instances.`,
    );
  }
  return new Refusal(
    'not-a-classifier',
    `The model gives ${shown.join(' and ') || 'no output'}, but what is explained is one value per class [N, C], numbers [N] or [N, K], or numbers step by step [N, T, C] or [N, C, T].`,
  );
}

/** The instances of the probe run are no part of the model. */
function shownShape(shapes: Shapes, name: string): string {
  const batch = shapes.batchAxis(name);
  return `[${(shapes.dims(name) ?? []).map((dim, axis) => (axis === batch ? 'N' : dim)).join(', ')}]`;
}

/** What goes into the final Softmax, LogSoftmax or Sigmoid of an output, and which it is; the output itself where there is none. */
export function beforeFinal(
  output: string,
  makers: ReadonlyMap<string, GraphNode>,
): { readonly logits: string; readonly kind: OutputKind } {
  for (let node = makers.get(output); node !== undefined; node = makers.get(node.inputs[0] ?? '')) {
    const kind = FINAL[node.op];
    if (kind !== undefined) return { logits: node.inputs[0]!, kind };
    if (!PASSES.has(node.op)) break;
  }
  return { logits: output, kind: 'logits' };
}

/** True where what are taken for logits are non-negative and sum to 1: a softmax nobody recognised. */
export function looksLikeProbabilities(shapes: Shapes, logits: string): boolean {
  const values = shapes.outputs[logits];
  if (values === undefined) return false;
  const all = numbers(values);
  const classes = values.dims[1]!;
  const sums = Array.from({ length: values.dims[0]! }, (_, n) =>
    all.slice(n * classes, (n + 1) * classes).reduce((sum, value) => sum + value, 0),
  );
  return all.every((value) => value >= 0 && value <= 1) && sums.every((sum) => Math.abs(sum - 1) < 1e-4);
}
