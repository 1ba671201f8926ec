import { mapGraph } from '../../src/attribution/mapGraph.ts';
import { loadModel } from '../../src/formats/loadModel.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { type Classifier, describeClassifier, type Layer } from '../../src/graph/classifier.ts';
import { appendGradient } from '../../src/graph/gradient/appendGradient.ts';
import { layerOrTensor } from '../../src/graph/layerOrTensor.ts';
import type { Runtime, Tensors } from '../../src/graph/runtime.ts';
import { float32, int64, numbers, type Tensor } from '../../src/graph/tensor.ts';
import { Refusal } from '../../src/refusal.ts';
import { relativeDifference } from '../fixtures/reference.ts';
import { maskedKeepsOut } from './maskedKeepsOut.ts';
import { type ZoneCheck, zonesBruteForce } from './zonesBruteForce.ts';
import type { Exported } from './zoo.ts';

/** Architectures of dense layers along both axes. */
const ORDER_NOT_SHOWN = new Set(['gmlp', 'timesnet', 'tst', 'encoder_steps_first', 'keras_attention']);

/** A number held against the framework's, as |a − b| / max |b|, or the sentence it was refused with. */
export type Held = { readonly off: number } | { readonly refused: string; readonly code: string };

export interface LayerAssessment {
  /** The module's path in the framework. */
  readonly name: string;
  /** Whether the layer list offers it, and under the module's own name. */
  readonly listed: 'named' | 'listed' | 'by tensor' | 'not drawable';
  readonly gradcam: Held;
  readonly hirescam: Held;
  readonly zones: ZoneCheck;
}

export interface Assessment {
  readonly layout: string;
  readonly classes: number;
  /** Names in the layer list. */
  readonly offered: readonly string[];
  readonly logits: Held;
  readonly inputGradient: Held;
  readonly layers: readonly LayerAssessment[];
  /** Whether the masked model gives the same answer whatever stands in the padding. */
  readonly masked: Held;
  readonly findings: readonly string[];
}

/** The targets make.py took the gradients of, one per instance. */
const TARGETS = [1, 2];

/**
 * What of one exported model works, against the framework's numbers.
 * @throws Refusal where the file cannot be described at all.
 */
export async function assess(
  exported: Exported,
  reference: (key: string) => Tensor | undefined,
  runtime: Runtime,
): Promise<Assessment> {
  const of = (key: string) => reference(`${exported.architecture}|${key}`);
  const { graph } = await loadModel(exported.file!);
  const { architecture } = exported;
  // The order of the axes is told where the graph does not show it, and nowhere else.
  const layout = ORDER_NOT_SHOWN.has(architecture)
    ? architecture.startsWith('keras')
      ? 'NTF'
      : 'NFT'
    : undefined;
  const classifier = await describeClassifier(graph, runtime, { layout });
  const x = of('x')!;
  const layers: LayerAssessment[] = [];
  for (const [name, tensors] of Object.entries(exported.tensors)) {
    const layer = drawable(classifier, tensors);
    if (layer === undefined) {
      const refused = { refused: 'no tensor of it can be drawn over time', code: 'layer-without-time' };
      layers.push({ name, listed: 'not drawable', gradcam: refused, hirescam: refused, zones: 'none' });
      continue;
    }
    const listed = classifier.layers.find(
      ({ tensor }) => tensor === layer.tensor || tensors.includes(tensor),
    );
    const map = (method: 'gradcam' | 'hirescam') =>
      held(
        of(`${name}|${method}`),
        () => mapOf(classifier, layer, method, x, runtime),
        of(`${name}|${method}_terms`),
      );
    layers.push({
      name,
      listed: listed === undefined ? 'by tensor' : listed.name === name ? 'named' : 'listed',
      gradcam: await map('gradcam'),
      hirescam: await map('hirescam'),
      zones: await zonesBruteForce(classifier, layer, runtime),
    });
  }
  return {
    layout: classifier.input.layout,
    classes: classifier.classes,
    offered: classifier.layers.map(({ name }) => name),
    logits: await held(of('logits'), () => logitsOf(classifier, x, runtime)),
    inputGradient: await held(of('input_gradient'), () => inputGradient(classifier, x, runtime)),
    layers,
    masked: await refusable(() => maskedKeepsOut(classifier, x, runtime)),
    findings: classifier.findings.map(({ sentence }) => sentence),
  };
}

function drawable(classifier: Classifier, tensors: readonly string[]): Layer | undefined {
  const listed = classifier.layers.find(({ tensor }) => tensors.includes(tensor));
  if (listed) return listed;
  for (const tensor of tensors) {
    try {
      return layerOrTensor(classifier, tensor);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return undefined;
}

/**
 * Where the framework has no gradient, ours must say so too.
 * @param terms what the values are sums of, where these cancel
 */
async function held(
  expected: Tensor | undefined,
  compute: () => Promise<Tensor>,
  terms?: Tensor,
): Promise<Held> {
  return refusable(async () => {
    const found = numbers(await compute());
    if (expected === undefined) return Number.POSITIVE_INFINITY;
    const wanted = numbers(expected);
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.max(largest, ...(terms ? numbers(terms) : []));
    return largest === 0
      ? relativeDifference(found, wanted)
      : (relativeDifference(found, wanted) * largest) / scale;
  });
}

async function refusable(compute: () => Promise<number>): Promise<Held> {
  try {
    return { off: await compute() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error.message, code: error.code };
  }
}

async function logitsOf({ graph, logits, input }: Classifier, x: Tensor, runtime: Runtime): Promise<Tensor> {
  const surface = [{ name: logits, dtype: null, dims: [] }];
  return (await once(runtime, { ...graph, outputs: surface }, { [input.name]: x }))[logits]!;
}

async function mapOf(
  classifier: Classifier,
  layer: Layer,
  method: 'gradcam' | 'hirescam',
  x: Tensor,
  runtime: Runtime,
): Promise<Tensor> {
  const graph = mapGraph(classifier, layer, { method, relu: false, maskedAlpha: false });
  const feeds = { [classifier.input.name]: x, attribution_target: int64([2], TARGETS) };
  return (await once(runtime, graph, feeds)).attribution_map!;
}

async function inputGradient(classifier: Classifier, x: Tensor, runtime: Runtime): Promise<Tensor> {
  const { graph, shapes, logits, input } = classifier;
  const builder = new GraphBuilder(graph);
  const { classes } = classifier;
  const oneHot = Array.from({ length: 2 * classes }, (_, i) =>
    i % classes === TARGETS[Math.floor(i / classes)] ? 1 : 0,
  );
  const gradient = builder.constant(float32([2, classes], oneHot));
  const name = appendGradient(builder, { shapes, from: { tensor: logits, gradient }, at: input.name });
  const built = builder.build([{ name, dtype: 'float32', dims: [] }]);
  return (await once(runtime, built, { [input.name]: x }))[name]!;
}

async function once(
  runtime: Runtime,
  graph: Parameters<Runtime['load']>[0],
  feeds: Tensors,
): Promise<Tensors> {
  const session = await runtime.load(graph);
  try {
    return await session.run(feeds);
  } finally {
    await session.dispose();
  }
}
