import { affinePrefix } from '../../../src/graph/affinePrefix.ts';
import type { Classifier } from '../../../src/graph/classifier.ts';
import { constantValues } from '../../../src/graph/constantValue.ts';
import { elementCount } from '../../../src/graph/tensor.ts';

/** GFLOP of a model's convolutions for one instance. */
export interface Limit {
  readonly model: string;
  readonly forward: number;
  /** There and back at one point of a path: what is affine is done once for all points. */
  readonly point: number;
}

/** What the convolutions cost when every multiplication is done. */
export function limitOf(model: string, classifier: Classifier): Limit {
  const { graph, input, logits, shapes } = classifier;
  const once = new Set(affinePrefix(graph, input.name, logits, shapes).nodes);
  const constants = constantValues(graph);
  let [forward, repeated] = [0, 0];
  for (const node of graph.nodes) {
    if (node.op !== 'Conv') continue;
    const weights = constants.get(node.inputs[1]!)!;
    const positions = elementCount(shapes.dims(node.outputs[0]!)!.slice(2));
    // Weights [M, C / groups, taps].
    const flop = (2 * elementCount(weights.dims) * positions) / 1e9;
    forward += flop;
    if (!once.has(node)) repeated += flop;
  }
  return { model, forward, point: 2 * repeated };
}
