import type { Classifier } from '../classifier.ts';
import type { Graph } from '../graph.ts';
import type { Runtime } from '../runtime.ts';
import { probeShapes } from '../shapes.ts';
import { elementCount, float32 } from '../tensor.ts';
import { MASK_INPUT, maskedGraph } from './maskedGraph.ts';
import { passedOver } from './passedOver.ts';
import { mustStillDiffer } from './stillDiffers.ts';

/**
 * The classifier with every layer masked that a mask can be laid over, ready to be explained: tensors keep their names, so a layer of the given one
 * is the same layer here, its padding zero. Holds for the number of steps the classifier was described for.
 * @throws Refusal `cannot-mask`
 */
export async function maskedClassifier(classifier: Classifier, runtime: Runtime): Promise<Classifier> {
  const { input, shapes, tracks } = classifier;
  const dims = shapes.dims(input.name)!;
  const steps = dims[input.layout.indexOf('T')]!;
  const graph = fixedBatch(maskedGraph(classifier.graph, tracks, { name: input.name, steps }), input.batch);
  const feeds = {
    [input.name]: float32(dims, new Float32Array(elementCount(dims)).fill(1)),
    [MASK_INPUT]: float32([dims[0]!, steps], new Float32Array(dims[0]! * steps).fill(1)),
  };
  await mustStillDiffer(classifier, graph, runtime);
  const notMasked = passedOver(classifier.graph, tracks, input);
  return {
    ...classifier,
    graph,
    shapes: await probeShapes(graph, runtime, feeds),
    maskInput: MASK_INPUT,
    ...(notMasked.length > 0 && { notMasked }),
  };
}

/** Some exporters write a free number of instances and bake 1 in all the same. */
function fixedBatch(graph: Graph, batch: number | null): Graph {
  if (batch === null) return graph;
  return {
    ...graph,
    inputs: graph.inputs.map((info) => ({ ...info, dims: [batch, ...info.dims.slice(1)] })),
  };
}
