import { gradientFault } from '../attribution/gradientAvailability.ts';
import { INPUT_LAYER } from '../attribution/inputLayer.ts';
import { mapGraph } from '../attribution/mapGraph.ts';
import { modelFeed } from '../attribution/modelFeed.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { Graph } from '../graph/graph.ts';
import { layerByDefault } from '../graph/layerByDefault.ts';
import { layerOrTensor } from '../graph/layerOrTensor.ts';
import type { LoadedGraph, Runtime, Tensors } from '../graph/runtime.ts';
import { float32, int64 } from '../graph/tensor.ts';
import type { Estimate } from '../padding/audit.ts';
import { runInBatches } from '../runtime/runInBatches.ts';
import type { CallContext, RuntimeTiming } from './contract.ts';
import type { OpenModel } from './models.ts';
import type { TimingRequest } from './requests.ts';

const RUNS = 7;
/** Of models that take any number. */
export const TIMED_STEPS = 100;
/** A slow model is measured by fewer runs. */
const ENOUGH_MS = 1500;

/**
 * Median milliseconds of one instance through the model, and of Grad-CAM at a layer with it. The values do not matter
 * for the time, so that no data are needed.
 */
export async function timeModel(
  { runtime, runtimeNote: note, classifier }: OpenModel,
  { layer: name }: TimingRequest,
  context: CallContext,
): Promise<RuntimeTiming> {
  const summary = { id: runtime.id, version: runtime.version, note };
  const { input, graph, layers, values } = classifier;
  const steps = input.steps ?? TIMED_STEPS;
  const feeds = feedsOf(graph, classifier, steps);
  const { value: forwardMs } = await timed(await runtime.load(graph), feeds, input.batch, context);
  const layer =
    name && name !== INPUT_LAYER ? layerOrTensor(classifier, name) : layerByDefault(layers, values);
  if (!layer || gradientFault(classifier, layer) !== null) return { ...summary, forwardMs };
  const options = { method: 'gradcam', relu: true, maskedAlpha: false } as const;
  const session = await runtime.load(mapGraph(classifier, layer, options));
  const { value: mapMs } = await timed(
    session,
    { ...feeds, attribution_target: int64([1], [-1]) },
    input.batch,
    context,
  );
  return { ...summary, forwardMs, mapMs };
}

/**
 * Milliseconds of one instance of so many steps through a graph that takes the inputs of a model: the median of some runs,
 * from the quickest to the slowest (of 7, an interval of 98 % for the median).
 */
export async function timeForward(
  runtime: Runtime,
  graph: Graph,
  of: Taken,
  steps: number,
  context: CallContext,
): Promise<Estimate> {
  return timed(await runtime.load(graph), feedsOf(graph, of, steps), of.input.batch, context);
}

/** What a graph is fed with: the series, and the mask [1, T] where it takes one. */
type Taken = Pick<Classifier, 'input' | 'maskInput'>;

function feedsOf({ inputs }: Graph, { input, maskInput }: Taken, steps: number): Tensors {
  const x = modelFeed([noise(input.features * steps)], input.features, steps, input.layout);
  const mask = float32([1, steps], new Float32Array(steps).fill(1));
  const isRead = inputs.some(({ name }) => name === maskInput);
  return { [input.name]: x, ...(maskInput && isRead && { [maskInput]: mask }) };
}

async function timed(
  session: LoadedGraph,
  feeds: Tensors,
  batch: number | null,
  { signal }: CallContext,
): Promise<Estimate> {
  const groups =
    batch === null ? ({ kind: 'upTo', size: 1 } as const) : ({ kind: 'fixed', size: batch } as const);
  try {
    const took: number[] = [];
    const begin = performance.now();
    // The first run loads and compiles: it is not counted.
    for (let run = 0; run <= RUNS && (run < 2 || performance.now() - begin < ENOUGH_MS); run++) {
      signal?.throwIfAborted();
      const start = performance.now();
      await runInBatches(session, feeds, groups);
      if (run > 0) took.push(performance.now() - start);
    }
    const sorted = took.toSorted((a, b) => a - b);
    return { value: sorted[took.length >> 1]!, interval: [sorted[0]!, sorted.at(-1)!], n: took.length };
  } finally {
    await session.dispose();
  }
}

/** Values like those of standardised data: zeros alone would take other ways through denormal numbers. */
function noise(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898) * 1.5);
}
