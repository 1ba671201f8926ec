import { listed } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { AnswerSearch, FoundLogits } from './foundLogits.ts';
import type { Graph, GraphNode } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { namedAnswer } from './namedAnswer.ts';
import type { OutputKind } from './outputKind.ts';
import type { Shapes } from './shapes.ts';

/** What a classifier may end in. */
export const FINAL: Readonly<Record<string, OutputKind>> = {
  Softmax: 'softmax',
  LogSoftmax: 'log-softmax',
  Sigmoid: 'sigmoid',
};

/** Which of several outputs is taken for the answer, and those it goes before by nothing but their order. */
export type AnswerOutput = Pick<FoundLogits, 'output' | 'tied'>;

/**
 * Of the outputs that could be the answer the one that is named, or has the classes of attribution.json, or is called as
 * answers are, or of which the probabilities are given, too; else the first that no other one is computed from.
 * @param fitting outputs of the graph by name
 * @throws Refusal `no-such-output`
 */
export function answerOutput(
  graph: Graph,
  shapes: Shapes,
  fitting: readonly string[],
  { output: asked, classes }: Pick<AnswerSearch, 'output' | 'classes'>,
): AnswerOutput | undefined {
  if (asked !== undefined) return { output: askedFor(graph, asked, fitting) };
  const counted = fitting.filter((name) => classes === classesOf(shapes, name));
  const all = counted.length > 0 ? counted : fitting;
  const named = all.length === 1 ? all[0] : namedAnswer(all);
  if (named !== undefined) return { output: named };
  const made = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const maker = (name: string): GraphNode | undefined => {
    const node = made.get(name);
    return node?.op === 'Identity' ? (maker(node.inputs[0]!) ?? node) : node;
  };
  const isFinal = (name: string) => FINAL[maker(name)?.op ?? ''] !== undefined;
  const plain = all.filter((name) => !isFinal(name));
  const upstream = (name: string) =>
    plain.some((other) => other !== name && liveNodes(graph.nodes, [other]).includes(maker(name)!));
  const ends = plain.filter((name) => !upstream(name));
  const logits = fitting.filter(isFinal).map((name) => maker(maker(name)!.inputs[0]!));
  const scored = ends.filter((name) => logits.includes(maker(name)));
  const tied = scored.length > 0 ? scored : ends.length > 0 ? ends : all;
  const [output] = tied;
  return output === undefined ? undefined : { output, ...(tied.length > 1 && { tied }) };
}

function askedFor(graph: Graph, asked: string, fitting: readonly string[]): string {
  if (fitting.includes(asked)) return asked;
  const all = graph.outputs.map(({ name }) => name);
  const others = listed(fitting.length > 0 ? fitting : all);
  throw new Refusal(
    'no-such-output',
    all.includes(asked)
      ? `The model's output "${asked}", which attribution.json names, holds no scores or numbers of each instance; what can be explained is ${others}.`
      : `attribution.json names the output "${asked}", which the model does not have; it has ${others}.`,
  );
}

function classesOf(shapes: Shapes, name: string): number {
  const columns = shapes.dims(name)?.[1] ?? 1;
  return columns === 1 ? 2 : columns;
}
