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

/**
 * The convolution that writes `x` where its windows tell the statistics of a batch norm: one group, far fewer inputs than
 * outputs, read by the batch norm alone, and before everything that is trained.
 */
export function convolutionBefore(
  graph: Graph,
  x: string,
  weights: readonly string[],
  shapes: Shapes,
): GraphNode | undefined {
  const conv = graph.nodes.find(({ outputs }) => outputs[0] === x);
  if (conv?.op !== 'Conv' || conv.domain !== '' || (intOf(conv, 'group') ?? 1) !== 1) return undefined;
  const kernel = graph.constants.get(conv.inputs[1]!)?.dims;
  if (!kernel || elementCount(kernel.slice(1)) * FEWEST_EACH > kernel[0]!) return undefined;
  const readers = graph.nodes.filter((node) => namesRead(node).includes(x));
  const open = [conv.inputs[0]!, x].some((name) => !shapes.dims(name) || shapes.lengths(name).size > 0);
  if (readers.length !== 1 || open || graph.outputs.some(({ name }) => name === x)) return undefined;
  return restOn(graph.nodes, weights).has(conv.inputs[0]!) ? undefined : conv;
}

/**
 * Statistics [C] of the outputs of a convolution x = W·w + b over windows w: mean = W·w̄ + b,
 * variance·m = W·(Σ u·uᵀ)·Wᵀ on its diagonal, u = w − w̄.
 */
export function windowStatistics(
  builder: GraphBuilder,
  conv: GraphNode,
  kernelDims: readonly number[],
  shapes: Shapes,
  count: string,
) {
  const [image, weight, bias] = conv.inputs as [string, string, string?];
  const output = conv.outputs[0]!;
  const [largeDims, outputDims] = [shapes.dims(image)!, shapes.dims(output)!];
  const taps = elementCount(kernelDims.slice(1));
  const window = windowOf(conv, largeDims.slice(2), outputDims.slice(2), kernelDims.slice(2));
  const copies = shiftedCopies(builder, { large: image, largeDims, window }, true);
  const all = builder.reshape(copies, [0, taps, elementCount(window.output)]);
  const mean = builder.reduce('ReduceMean', all, [0, 2], true);
  const centred = builder.add('Sub', [all, mean]);
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
