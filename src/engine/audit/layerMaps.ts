import { mustBeFinite, realOf, rowFeeds, rowOf } from '../../attribution/feeds.ts';
import { layersGraph, layerTensors } from '../../attribution/layersGraph.ts';
import { positionZones } from '../../attribution/zones.ts';
import type { Layer } from '../../graph/classifier.ts';
import type { LoadedGraph, Tensors } from '../../graph/runtime.ts';
import { elementCount, float32, int64 } from '../../graph/tensor.ts';
import type { InstanceMaps } from '../../padding/mapFacts.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { inGroups } from '../../runtime/inGroups.ts';
import { runInBatches } from '../../runtime/runInBatches.ts';
import type { OpenModel } from '../models.ts';

/** Values the layers may hold over all rows of one run. */
const VALUES_PER_RUN = 2 ** 20;
const MOST_PER_RUN = 32;

interface LayerMapRow {
  readonly instance: number;
  readonly target: number;
}

/**
 * Signed maps of every case at every layer, shown one by one: Grad-CAM of each class, masked-α Grad-CAM and HiResCAM of
 * the predicted one. One run of the model and one gradient serve all layers.
 */
export async function layerMaps(
  open: {
    readonly model: OpenModel;
    readonly shape: InputShape;
    /** Throws to stop. */
    readonly beforeRun: (rows: number) => void;
  },
  layers: readonly Layer[],
  cases: readonly Case[],
  predicted: Int32Array,
  show: (layer: number, maps: InstanceMaps) => void,
): Promise<void> {
  if (layers.length === 0) return;
  const { classifier, runtime } = open.model;
  const { classes, shapes, values } = classifier;
  const perRow = Math.max(
    ...layers.map(({ tensor }) => elementCount(shapes.dims(tensor) ?? [1]) / shapes.batch),
  );
  const most = Math.max(1, Math.min(MOST_PER_RUN, Math.floor(VALUES_PER_RUN / perRow)));
  let found = layers.map(pending);
  const session = await runtime.load(layersGraph(classifier, layers), { planMemory: false });
  try {
    // Of outputs that are numbers only the one looked at: they are not told from each other.
    const asked = values ? ownRows(predicted) : rowsOf(cases.length, classes);
    await inGroups(asked, most, async (rows) => {
      open.beforeRun(rows.length);
      const results = await run(session, open, layers, cases, rows);
      for (const [at, { instance, target }] of rows.entries()) {
        found.forEach((maps, i) => {
          keep(maps, i, results, at, target === predicted[instance]);
        });
        if (!values && target < classes - 1) continue;
        found.forEach((maps, i) => {
          show(i, finished(maps, layers[i]!, cases[instance]!, values ? 0 : predicted[instance]!));
        });
        found = layers.map(pending);
      }
    });
  } finally {
    await session.dispose();
  }
}

function finished(maps: Pending, layer: Layer, one: Case, predicted: number): InstanceMaps {
  mustBeFinite(one.id, nothing, [...maps.gradcam, maps.maskedAlpha, maps.hirescam]);
  const zones = positionZones(layer, one.mask);
  return { ...maps, zones, rows: maps.hirescam.length / zones.length, predicted };
}

function* rowsOf(instances: number, classes: number): Generator<LayerMapRow> {
  for (let instance = 0; instance < instances; instance++) {
    for (let target = 0; target < classes; target++) yield { instance, target };
  }
}

function* ownRows(targets: Int32Array): Generator<LayerMapRow> {
  for (const [instance, target] of targets.entries()) yield { instance, target };
}

function run(
  session: LoadedGraph,
  { model, shape }: { readonly model: OpenModel; readonly shape: InputShape },
  layers: readonly Layer[],
  cases: readonly Case[],
  rows: readonly LayerMapRow[],
): Promise<Tensors> {
  const { input } = model.classifier;
  const of = rows.map(({ instance }) => cases[instance]!);
  const masks = layers.map((layer, i): [string, Tensors[string]] => {
    const width = layer.positions.length;
    const mask = new Float32Array(rows.length * width);
    for (const [at, one] of of.entries()) mask.set(realOf(layer, one.mask), at * width);
    return [layerTensors(i).mask, float32([rows.length, width], mask)];
  });
  const feeds = {
    ...rowFeeds(model.classifier, of, shape.steps),
    attribution_target: int64(
      [rows.length],
      rows.map(({ target }) => target),
    ),
    ...Object.fromEntries(masks),
  };
  const batch =
    input.batch === null
      ? ({ kind: 'upTo', size: rows.length } as const)
      : ({ kind: 'fixed', size: input.batch } as const);
  return runInBatches(session, feeds, batch);
}

/** Maps of one instance at one layer as its classes come, one row each. */
interface Pending {
  readonly gradcam: Float32Array[];
  maskedAlpha: Float32Array;
  hirescam: Float32Array;
}

const nothing = new Float32Array(0);
const pending = (): Pending => ({ gradcam: [], maskedAlpha: nothing, hirescam: nothing });

function keep(into: Pending, layer: number, results: Tensors, at: number, isPredicted: boolean): void {
  const names = layerTensors(layer);
  into.gradcam.push(rowOf(results[names.gradcam]!, at));
  if (!isPredicted) return;
  into.maskedAlpha = rowOf(results[names.maskedAlpha]!, at);
  into.hirescam = rowOf(results[names.hirescam]!, at);
}
