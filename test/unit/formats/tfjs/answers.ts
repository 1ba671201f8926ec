import assert from 'node:assert/strict';
import { mapGraph } from '../../../../src/attribution/mapGraph.ts';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { int64, numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';

/** A model file as the engine opens it. */
export async function open(path: string, runtime: Runtime): Promise<Classifier> {
  const { graph } = await loadModel(path);
  return describeClassifier(graph, runtime);
}

export async function logitsOf(classifier: Classifier, runtime: Runtime, x: Tensor): Promise<Tensor> {
  const outputs = [{ name: classifier.logits, dtype: 'float32' as const, dims: [] }];
  const session = await runtime.load({ ...classifier.graph, outputs });
  try {
    return (await session.run({ [classifier.input.name]: x }))[classifier.logits]!;
  } finally {
    await session.dispose();
  }
}

/** Map of a layer for one class per instance, without ReLU; time first, as TensorFlow has it. */
export async function mapOf(
  classifier: Classifier,
  runtime: Runtime,
  layerName: string,
  method: 'gradcam' | 'hirescam',
  x: Tensor,
  classes: readonly number[],
): Promise<number[]> {
  const layer = layerOrTensor(classifier, layerName);
  const session = await runtime.load(
    mapGraph(classifier, layer, { method, relu: false, maskedAlpha: false }),
  );
  try {
    const attribution_target = int64([classes.length], classes);
    const { attribution_map: map } = await session.run({ [classifier.input.name]: x, attribution_target });
    return layer.rank === 2 ? timeFirst(map!) : numbers(map!);
  } finally {
    await session.dispose();
  }
}

export function assertClose(found: readonly number[], wanted: readonly number[], what: string): void {
  const difference = relativeDifference(found, wanted);
  assert.ok(difference <= 1e-4, `${what}: off by ${difference} of the largest value`);
}

export function argMax(logits: Tensor): number[] {
  const [instances, classes] = logits.dims as [number, number];
  const all = numbers(logits);
  return Array.from({ length: instances }, (_, n) => {
    const own = all.slice(n * classes, (n + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** [N, F, T] → the values of [N, T, F]. */
function timeFirst(map: Tensor): number[] {
  const [instances, features, steps] = map.dims as [number, number, number];
  const all = numbers(map);
  return all
    .map((_, i) => {
      const [n, t, f] = [Math.floor(i / (steps * features)), Math.floor(i / features) % steps, i % features];
      return all[(n * features + f) * steps + t]!;
    })
    .slice(0, instances * features * steps);
}
