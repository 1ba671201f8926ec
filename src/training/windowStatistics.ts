import { intOf } from '../graph/attributes.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { shiftedCopies } from '../graph/gradient/rules/convWeights.ts';
import { windowOf } from '../graph/gradient/window.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { restOn } from '../graph/restOn.ts';
import type { Shapes } from '../graph/shapes.ts';
import { elementCount } from '../graph/tensor.ts';
import { namesRead } from '../graph/topology.ts';

/** Outputs for each input of a window from which on the windows are cheaper than passes over the outputs. */
const FEWEST_EACH = 4;

/** What is known of a graph that is trained. */
interface TrainedParts {
  readonly weights: readonly string[];
  readonly shapes: Shapes;
  readonly maskedSteps?: number;
}

/** A convolution before a batch norm. */
interface ConvolutionBefore {
  readonly conv: GraphNode;
  /** The product with the mask between the two: the batch norm's output is masked again. */
  readonly masking?: GraphNode;
}

/**
 * The convolution that writes `x` where its windows tell the statistics of a batch norm: one group, far fewer inputs than
 * outputs, read by the batch norm alone, and before everything that is trained.
 */
export function convolutionBefore(
  graph: Graph,
  x: string,
  { weights, shapes, maskedSteps }: TrainedParts,
): ConvolutionBefore | undefined {
  const writer = (name: string) => graph.nodes.find(({ outputs }) => outputs[0] === name);
  const masking = maskedSteps === undefined ? undefined : writer(x);
  if (masking === undefined) {
    const conv = writer(x);
    return conv && tells(graph, conv, weights, shapes) ? { conv } : undefined;
  }
  const series = restOn(graph.nodes, [graph.inputs[0]!.name]);
  const [from, ...others] = masking.inputs.filter((name) => series.has(name));
  if (masking.op !== 'Mul' || from === undefined || others.length > 0) return undefined;
  const conv = writer(from);
  const alone = readBy(graph, x).length === 1;
  return conv && alone && tells(graph, conv, weights, shapes) ? { conv, masking } : undefined;
}

function tells(graph: Graph, conv: GraphNode, weights: readonly string[], shapes: Shapes): boolean {
  const x = conv.outputs[0]!;
  if (conv?.op !== 'Conv' || conv.domain !== '' || (intOf(conv, 'group') ?? 1) !== 1) return false;
  const kernel = graph.constants.get(conv.inputs[1]!)?.dims;
  if (!kernel || elementCount(kernel.slice(1)) * FEWEST_EACH > kernel[0]!) return false;
  const open = [conv.inputs[0]!, x].some((name) => !shapes.dims(name) || shapes.lengths(name).size > 0);
  if (readBy(graph, x).length !== 1 || open) return false;
  return !restOn(graph.nodes, weights).has(conv.inputs[0]!);
}

/** Nodes and outputs of the graph. */
function readBy({ nodes, outputs }: Graph, name: string): readonly object[] {
  const given = outputs.filter((output) => output.name === name);
  return [...nodes.filter((node) => namesRead(node).includes(name)), ...given];
}

/**
 * Statistics [C] of the outputs of a convolution x = W·w + b over windows w: mean = W·w̄ + b,
 * variance·m = W·(Σ u·uᵀ)·Wᵀ on its diagonal, u = w − w̄. Where there is a mask [N, 1, positions…], over real positions.
 */
export function windowStatistics(
  builder: GraphBuilder,
  conv: GraphNode,
  kernelDims: readonly number[],
  shapes: Shapes,
  count: string,
  mask?: string,
) {
  const [image, weight, bias] = conv.inputs as [string, string, string?];
  const output = conv.outputs[0]!;
  const [largeDims, outputDims] = [shapes.dims(image)!, shapes.dims(output)!];
  const taps = elementCount(kernelDims.slice(1));
  const window = windowOf(conv, largeDims.slice(2), outputDims.slice(2), kernelDims.slice(2));
  const copies = shiftedCopies(builder, { large: image, largeDims, window }, true);
  const all = builder.reshape(copies, [0, taps, elementCount(window.output)]);
  const real = mask && positionsOf(builder, mask, window.output);
  const mean = real
    ? builder.add('Div', [builder.reduce('ReduceSum', builder.add('Mul', [all, real]), [0, 2], true), count])
    : builder.reduce('ReduceMean', all, [0, 2], true);
  const apart = builder.add('Sub', [all, mean]);
  const centred = real ? builder.add('Mul', [apart, real]) : apart;
  const each = builder.add('MatMul', [centred, builder.transpose(centred, [0, 2, 1])]);
  const kernel = builder.reshape(weight, [kernelDims[0]!, taps]);
  const spread = builder.add('MatMul', [kernel, builder.reduce('ReduceSum', each, [0], false)]);
  const answered = builder.reshape(builder.add('MatMul', [kernel, builder.reshape(mean, [taps, 1])]), [-1]);
  const squares = builder.reduce('ReduceSum', builder.add('Mul', [spread, kernel]), [1], false);
  return {
    batchMean: bias ? builder.add('Add', [answered, bias]) : answered,
    // Rounding may leave a little less than nothing.
    batchVariance: builder.add('Div', [builder.add('Max', [squares, builder.scalar(0)]), count]),
    windows: { output, centred, kernel, spread, kernelDims },
  };
}

/** A mask that may be 1 long along some of the spatial axes: [N, 1, positions]. */
function positionsOf(builder: GraphBuilder, mask: string, dims: readonly number[]): string {
  const whole = builder.add('Expand', [mask, builder.ints([1, 1, ...dims])]);
  return builder.reshape(whole, [0, 1, elementCount(dims)]);
}
