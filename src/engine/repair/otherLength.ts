import type { Classifier } from '../../graph/classifier.ts';
import { withDynamicTime } from '../../graph/dynamicTime.ts';
import type { Graph } from '../../graph/graph.ts';
import { rolesOf } from '../../graph/layoutEvidence.ts';
import { maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { trackTensors } from '../../graph/receptive/trackTensors.ts';
import type { Runtime } from '../../graph/runtime.ts';
import { probeShapes } from '../../graph/shapes.ts';
import { elementCount, float32 } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';

/** A classifier without its masks for series of any length. @throws Refusal `fixed-length` */
export function atAnyLength({ graph, input }: Classifier, steps: number): Graph {
  const free = withDynamicTime(graph, { name: input.name, timeAxis: input.layout.indexOf('T') }, steps);
  if (typeof free === 'string') throw new Refusal('fixed-length', free);
  return free;
}

/**
 * A classifier with every layer masked for another number of steps than it was described for: masks are written for one.
 * @throws Refusal `fixed-length`, `cannot-mask`
 */
export async function maskedAt(
  classifier: Classifier,
  runtime: Runtime,
  own: number,
  steps: number,
): Promise<Graph> {
  const graph = atAnyLength(classifier, own);
  const { name, layout, features } = classifier.input;
  const dims = classifier.shapes.dims(name)!.map((dim, axis) => (axis === layout.indexOf('T') ? steps : dim));
  const feeds = { [name]: float32(dims, new Float32Array(elementCount(dims)).fill(1)) };
  const shapes = await probeShapes(graph, runtime, feeds).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('fixed-length', `The model takes ${own} steps only, so it cannot take ${steps}.`);
  });
  const { tracks } = trackTensors(graph, shapes, { name, roles: rolesOf(layout), steps, features });
  return maskedGraph(graph, tracks, { name, steps });
}
