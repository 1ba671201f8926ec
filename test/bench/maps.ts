import { basename } from 'node:path';
import { mapGraph } from '../../src/attribution/mapGraph.ts';
import { modelFeed } from '../../src/attribution/modelFeed.ts';
import { loadModel } from '../../src/formats/loadModel.ts';
import { describeClassifier } from '../../src/graph/classifier.ts';
import type { LoadedGraph, Runtime, Tensors } from '../../src/graph/runtime.ts';
import { int64 } from '../../src/graph/tensor.ts';
import { median, printTable } from './table.ts';

const batches = [1, 16, 64];
const warmUp = 3;
/** Rounds are interleaved, forward and map in turn, so that a slow moment of the machine hits both. */
const rounds = { 1: 60, 16: 15, 64: 9 } as Record<number, number>;

/** Forward pass against Grad-CAM at the first and the last layer, medians in ms. */
export async function benchMaps(models: readonly string[], runtime: Runtime): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const path of models) {
    const { graph } = await loadModel(path);
    const classifier = await describeClassifier(graph, runtime);
    const { input, layers } = classifier;
    const steps = input.steps ?? 100;
    const forward = await runtime.load(graph);
    for (const where of ['first', 'last'] as const) {
      const layer = layers.find(({ marks }) => marks.includes(`${where} conv`));
      if (!layer) {
        throw new Error(`${path} has no layer marked as the ${where} convolution`);
      }
      const settings = { method: 'gradcam', relu: true, maskedAlpha: false } as const;
      const map = await runtime.load(mapGraph(classifier, layer, settings));
      for (const batch of batches) {
        const series = noise(batch, input.features * steps);
        const x = modelFeed(series, input.features, steps, input.layout);
        const target = int64([batch], new Array(batch).fill(-1));
        const feeds = { [input.name]: x };
        const mapFeeds = { ...feeds, attribution_target: target };
        const [forwardMs, mapMs] = await sideBySide(forward, feeds, map, mapFeeds, rounds[batch] ?? 9);
        rows.push([
          basename(path),
          `${where}: ${layer.name}`,
          `${batch}`,
          forwardMs,
          mapMs,
          mapMs / forwardMs,
        ]);
      }
      await map.dispose();
    }
    await forward.dispose();
  }
  printTable(
    `Grad-CAM against the forward pass, ${runtime.id} ${runtime.version}, median ms`,
    ['model', 'layer', 'batch', 'forward', 'Grad-CAM', 'ratio'],
    rows,
  );
}

async function sideBySide(
  one: LoadedGraph,
  oneFeeds: Tensors,
  two: LoadedGraph,
  twoFeeds: Tensors,
  times: number,
): Promise<[number, number]> {
  const ones: number[] = [];
  const twos: number[] = [];
  for (let round = -warmUp; round < times; round++) {
    const start = performance.now();
    await one.run(oneFeeds);
    const between = performance.now();
    await two.run(twoFeeds);
    const end = performance.now();
    if (round >= 0) {
      ones.push(between - start);
      twos.push(end - between);
    }
  }
  return [median(ones), median(twos)];
}

/** Nearly normal values from a fixed sequence. */
function noise(count: number, size: number): Float32Array[] {
  let state = 12345;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: size }, () => (uniform() + uniform() + uniform() - 1.5) * 2),
  );
}
