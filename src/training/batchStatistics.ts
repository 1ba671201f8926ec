import { GraphBuilder } from '../graph/builder.ts';
import type { BatchTaken } from '../graph/gradient/batchTaken.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { hasTime, PositionMasks } from '../graph/masking/positionMask.ts';
import type { Track } from '../graph/receptive/track.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount, float32 } from '../graph/tensor.ts';
import { convolutionBefore, windowStatistics } from './windowStatistics.ts';

/** A batch norm that takes its statistics from the batch, as in training (Ioffe & Szegedy 2015). */
export interface BatchStatistics extends BatchTaken {
  /** Initialisers with the running statistics. */
  readonly mean: string;
  readonly variance: string;
  /** The batch norm's output. */
  readonly output: string;
}

interface Normalised {
  /** What is trained. */
  readonly weights: readonly string[];
  readonly shapes: Shapes;
  readonly tracks: ReadonlyMap<string, Track>;
  /** Steps of the model's input where it is masked: real positions alone are counted then. */
  readonly maskedSteps?: number;
}

/** The graph with the statistics of each of `nodes` computed from its input, over real positions where it is masked. */
export function withBatchStatistics(
  graph: Graph,
  nodes: readonly GraphNode[],
  known: Normalised,
): {
  readonly graph: Graph;
  readonly statistics: readonly BatchStatistics[];
  /** The nodes that compute them. */
  readonly own: ReadonlySet<GraphNode>;
} {
  const wanted = new Set(nodes);
  const constants = new Map(graph.constants);
  const statistics: BatchStatistics[] = [];
  const own = new Set<GraphNode>();
  const passed = new Set<GraphNode>();
  const written = graph.nodes.flatMap((node, index) => {
    const [x, scale, shift, mean, variance] = node.inputs as [string, string, string, string, string];
    if (!wanted.has(node) || !constants.has(mean) || !constants.has(variance)) return [node];
    const part = new GraphBuilder({ ...graph, nodes: [], constants: new Map() }, `training/${index}`);
    const before = convolutionBefore(graph, x, known);
    if (before?.masking) passed.add(before.masking);
    const made: Made = before
      ? ofWindows(part, x, before.conv, constants.get(before.conv.inputs[1]!)!.dims, known)
      : statisticsOf(part, x, known);
    const { windows, ...tensors } = made;
    const names = [
      ...Object.values(tensors),
      ...(windows ? [windows.centred, windows.kernel, windows.spread] : []),
    ];
    const built = part.build(names.map((name) => ({ name, dtype: 'float32', dims: [] })));
    for (const [name, value] of built.constants) constants.set(name, value);
    for (const made of built.nodes) own.add(made);
    statistics.push({ mean, variance, output: node.outputs[0]!, ...made });
    const input = before?.conv.outputs[0] ?? x;
    return [...built.nodes, { ...node, inputs: [input, scale, shift, made.batchMean, made.batchVariance] }];
  });
  const nodesLeft = written.filter((node) => !passed.has(node));
  return { graph: { ...graph, nodes: nodesLeft, constants }, statistics, own };
}

type Made = Omit<BatchStatistics, 'mean' | 'variance' | 'output'>;

function ofWindows(
  builder: GraphBuilder,
  x: string,
  conv: GraphNode,
  kernelDims: readonly number[],
  known: Normalised,
): Made {
  const mask = maskOf(builder, x, known);
  const dims = known.shapes.dims(x)!;
  const count = mask ? realCount(builder, mask, dims, known.tracks.get(x)!) : countOf(builder, x, dims);
  return { ...windowStatistics(builder, conv, kernelDims, known.shapes, count, mask), count };
}

/** Of a tensor along time, where the model is masked. */
function maskOf(builder: GraphBuilder, x: string, { tracks, maskedSteps }: Normalised): string | undefined {
  const track = tracks.get(x);
  if (maskedSteps === undefined || !hasTime(track)) return undefined;
  return new PositionMasks(builder, maskedSteps).like(track, x);
}

function statisticsOf(builder: GraphBuilder, x: string, known: Normalised) {
  const dims = known.shapes.dims(x)!;
  const axes = dims.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  // ReduceSumSquare takes three times as long in the native runtime.
  const sum = (of: string) => builder.reduce('ReduceSum', of, axes, false);
  const mask = maskOf(builder, x, known);
  const perChannel = (of: string) => builder.reshape(of, [1, -1, ...dims.slice(2).map(() => 1)]);
  if (mask === undefined) {
    const batchMean = builder.reduce('ReduceMean', x, axes, false);
    const centred = builder.add('Sub', [x, perChannel(batchMean)]);
    const count = countOf(builder, x, dims);
    const squares = sum(builder.add('Mul', [centred, centred]));
    return { batchMean, batchVariance: builder.add('Div', [squares, count]), count, centred };
  }
  const count = realCount(builder, mask, dims, known.tracks.get(x)!);
  const batchMean = builder.add('Div', [sum(builder.add('Mul', [x, mask])), count]);
  const centred = builder.add('Mul', [builder.add('Sub', [x, perChannel(batchMean)]), mask]);
  const squares = sum(builder.add('Mul', [centred, centred]));
  return { batchMean, batchVariance: builder.add('Div', [squares, count]), count, centred };
}

/** Real positions of the batch, at least 1: [1]. The mask is 1 along every axis it does not say anything about. */
function realCount(builder: GraphBuilder, mask: string, dims: readonly number[], track: Track): string {
  const time = track.roles.indexOf('time');
  const others = dims.filter((_, axis) => axis > 1 && axis !== time);
  const real = builder.add('Mul', [
    builder.reduce('ReduceSum', mask, [0, ...dims.slice(1).map((_, i) => i + 1)], true),
    builder.scalar(elementCount(others)),
  ]);
  return builder.reshape(builder.add('Max', [real, builder.scalar(1)]), [1]);
}

/** Instances of the batch times positions, [1]. */
function countOf(builder: GraphBuilder, x: string, dims: readonly number[]): string {
  const instances = builder.toFloat(builder.slice(builder.shapeOf(x), [0], [0], [1]));
  const positions = builder.constant(float32([1], [elementCount(dims.slice(2))]));
  return builder.add('Mul', [instances, positions]);
}
