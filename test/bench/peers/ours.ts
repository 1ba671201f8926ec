import { plainGraph } from '../../../src/attribution/channelGraph.ts';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import { PlainAnswers } from '../../../src/engine/audit/plainAnswers.ts';
import { removalCurves } from '../../../src/evaluation/removal.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { LoadedGraph, Runtime } from '../../../src/graph/runtime.ts';
import { type Tensor, tensor } from '../../../src/graph/tensor.ts';
import type { SizedSeries } from '../../../src/preprocess/case.ts';
import { createRandom } from '../../../src/random.ts';
import { layerOf, type PeerCase } from './cases.ts';

/** Our side of a case: one call, and the numbers it gives. */
export interface Ours {
  run(): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** A model as explaining needs it. */
export async function openOurs(graph: Graph, runtime: Runtime): Promise<Classifier> {
  return describeClassifier(graph, runtime);
}

/** @param x [N, F, T] */
export async function oursOf(
  classifier: Classifier,
  runtime: Runtime,
  one: PeerCase,
  x: Tensor,
): Promise<Ours> {
  const [instances, features, steps] = x.dims as [number, number, number];
  if (one.method === 'forward') {
    const session: LoadedGraph = await runtime.load(plainGraph(classifier));
    const feeds = { [classifier.input.name]: tensor('float32', x.dims, x.data as Float32Array) };
    return {
      run: async () => [(await session.run(feeds)).attribution_logits!.data as Float32Array],
      dispose: () => session.dispose(),
    };
  }
  if (one.method === 'deletion') return removalOf(classifier, runtime, x);
  const layer = one.at === 'input' ? inputLayer(classifier.input, steps) : layerOf(classifier.layers, one.at);
  const options = { method: one.method, relu: false, maskedAlpha: false };
  const session = openMethod((built) => runtime.load(built), classifier, layer, options);
  const size = features * steps;
  const prepared: SizedSeries[] = Array.from({ length: instances }, (_, n) => ({
    x: (x.data as Float32Array).slice(n * size, (n + 1) * size),
    ...{ features, steps, mask: new Uint8Array(steps).fill(1), length: steps },
  }));
  const task = {
    model: classifier,
    layer,
    options,
    parameters: one.parameters,
    session,
    target: -1,
    prepared,
  };
  return {
    run: async () => (await explainPrepared(task)).map(({ native }) => native.values),
    dispose: () => session.dispose(),
  };
}

/** Curves of the map |x| over zero, without random orders: the logit of the predicted class at every share. */
async function removalOf(classifier: Classifier, runtime: Runtime, x: Tensor): Promise<Ours> {
  const [instances, features, steps] = x.dims as [number, number, number];
  const asker = new PlainAnswers(classifier, runtime, steps, () => {});
  const size = features * steps;
  const rows = Array.from({ length: instances }, (_, n) =>
    (x.data as Float32Array).slice(n * size, (n + 1) * size),
  );
  const mask = new Uint8Array(steps).fill(1);
  const shape = { features, steps };
  const units = { mean: new Float64Array(features), sd: new Float64Array(features).fill(1) };
  const plan = { replacement: 'zero', scope: 'all', ranking: 'magnitude', orders: 0 } as const;
  return {
    async run() {
      const first = await asker.ask(
        rows.map((row) => ({ x: row, mask })),
        steps,
      );
      const cases = rows.map((row, n) => {
        const target = first.predicted[n]!;
        const at = n * first.classes + target;
        return {
          ...{ x: row, mask, length: steps, id: `${n}`, index: n, label: null, target },
          ...{ probability: first.probabilities[at]!, logit: first.logits[at]! },
          map: { values: row, rows: features, columns: steps },
        };
      });
      const curves = await removalCurves(
        cases,
        shape,
        units,
        plan,
        (series) => asker.ask(series, steps),
        createRandom(1),
      );
      return curves.map(({ deletion, insertion }) =>
        Float32Array.from([...deletion.logit, ...insertion.logit]),
      );
    },
    dispose: () => asker.dispose(),
  };
}
