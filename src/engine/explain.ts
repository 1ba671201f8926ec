import { basename } from 'node:path';
import { explainPrepared } from '../attribution/explainInstances.ts';
import type { Explanation } from '../attribution/explanation.ts';
import type { Instance } from '../data/dataset.ts';
import type { Layer } from '../graph/classifier.ts';
import { layerOrTensor } from '../graph/layerOrTensor.ts';
import { prepare } from '../preprocess/prepare.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import { resolveSteps } from '../preprocess/resolveSteps.ts';
import type { ReadyStep } from '../preprocess/step.ts';
import { Refusal } from '../refusal.ts';
import { assemble } from './assemble.ts';
import { targetIndex } from './classNames.ts';
import type { CallContext, ExplainRequest } from './contract.ts';
import { dataOptions } from './dataOptions.ts';
import { maskedFindings } from './maskedFindings.ts';
import type { OpenModel } from './models.ts';
import { openScene, type Rooms, type Scene } from './scene.ts';
import type { MapSettings } from './sessions.ts';

/** Instances that are prepared and computed together; bounds what is held at once. */
const groupSize = 32;

/**
 * Explains instances of one file, in order, some at a time.
 * @param instances positions in the file
 * @throws Refusal with one sentence; what came before it stands
 */
export async function* explainMany(
  rooms: Rooms,
  request: ExplainRequest,
  instances: readonly number[],
  context: CallContext,
): AsyncGenerator<Explanation[]> {
  const scene = await openScene(rooms, request, context);
  const target = targetIndex(request.target, scene.names.names);
  const steps = await readySteps(rooms, scene, context);
  for (let from = 0; from < instances.length; from += groupSize) {
    context.signal?.throwIfAborted();
    context.report?.(0.7 + (0.3 * from) / instances.length, 'Computing maps');
    const group = instances.slice(from, from + groupSize).map((position) => {
      const instance = instanceAt(scene, position);
      return { instance, prepared: prepareOne(scene, instance, steps, request) };
    });
    yield await explainGroup(rooms, scene, request, target, group);
  }
}

interface Item {
  readonly instance: Instance;
  readonly prepared: Prepared;
}

async function explainGroup(
  rooms: Rooms,
  scene: Scene,
  request: ExplainRequest,
  target: number,
  group: readonly Item[],
): Promise<Explanation[]> {
  const { method = 'gradcam', relu = true, maskedAlpha = false } = request;
  const settings: MapSettings = { method, relu, maskedAlpha };
  const explanations: Explanation[] = [];
  for (const run of ofEqualSteps(group)) {
    const plain = await modelFor(rooms, scene, request, run[0]!.prepared.steps);
    const layer = chosenLayer(scene, request, plain);
    const model = request.maskedModel ? await rooms.models.masked(plain) : plain;
    const session = await rooms.sessions.get(model, layer, settings);
    const prepared = run.map(({ prepared }) => prepared);
    const maps = await explainPrepared({
      model: model.classifier,
      layer,
      options: settings,
      session,
      prepared,
      target,
      classNames: scene.names.names,
      instanceNames: run.map(({ instance }) => instance.id),
    });
    const changes = request.maskedModel
      ? await maskedFindings(rooms.sessions, plain, prepared, maps, scene.names.names)
      : [];
    for (const [index, map] of maps.entries()) {
      const more = changes.slice(index, index + 1);
      explanations.push(assemble(scene, request, model, layer, settings, run[index]!, map, more));
    }
  }
  return explanations;
}

/** Runs of neighbours that go through the model together. */
function ofEqualSteps(group: readonly Item[]): Item[][] {
  const runs: Item[][] = [];
  for (const item of group) {
    const last = runs.at(-1);
    if (last?.[0]?.prepared.steps === item.prepared.steps) {
      last.push(item);
    } else {
      runs.push([item]);
    }
  }
  return runs;
}

/** A model with a free time axis is described anew for each number of steps. */
export async function modelFor(
  { models }: Rooms,
  { project, model }: Scene,
  { prefer }: ExplainRequest,
  steps: number,
): Promise<OpenModel> {
  return model.classifier.input.steps === null
    ? models.open({ path: model.path, prefer, layout: project?.input, steps })
    : model;
}

/** The project's preprocessing with statistics of training files in place. */
export function readySteps(
  { datasets }: Rooms,
  { project, mask }: Scene,
  { report, signal }: CallContext,
): Promise<ReadyStep[]> {
  const context: CallContext = { report: report && ((_, what) => report(0.7, what)), signal };
  return resolveSteps(project?.preprocess ?? [], (path) =>
    datasets.get({ path, options: dataOptions(project, mask, undefined) }, context),
  );
}

export function prepareOne(
  { project, mask, dataset, model }: Scene,
  instance: Instance,
  steps: readonly ReadyStep[],
  { truncate }: ExplainRequest,
): Prepared {
  const { features, steps: modelSteps } = model.classifier.input;
  return prepare(
    dataset,
    instance,
    { features, steps: modelSteps },
    {
      steps,
      mask,
      featureOrder: project?.data.features,
      truncate,
    },
  );
}

function instanceAt({ dataset }: Scene, position: number): Instance {
  const instance = dataset.instances[position];
  if (!instance) {
    throw new Refusal(
      'no-such-instance',
      `There is no instance ${position}: the file has ${dataset.instances.length}, 0 to ${dataset.instances.length - 1}.`,
    );
  }
  return instance;
}

/** The one asked for, else what attribution.json says for its own model, else the last convolution. */
function chosenLayer({ project }: Scene, request: ExplainRequest, model: OpenModel): Layer {
  const name = request.layer ?? (project?.model === model.path ? project?.layer : undefined);
  return name === undefined ? lastConvolution(model) : layerOrTensor(model.classifier, name);
}

function lastConvolution({ path, classifier: { layers } }: OpenModel): Layer {
  const layer = layers.find(({ marks }) => marks.includes('last conv')) ?? layers.at(-1);
  if (!layer) {
    throw new Refusal(
      'no-layer',
      `${basename(path)} has no layer with a time axis, so there is nothing to draw a map on.`,
    );
  }
  return layer;
}
