import type { Instance } from '../data/dataset.ts';
import { type FeatureOrder, matchFeatures } from '../preprocess/featureOrder.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import { padSide, type Side } from '../preprocess/step.ts';
import { namedFeatures } from '../project/namedFeatures.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import type { SeriesAsked, SeriesPart } from './clusterContract.ts';
import type { CallContext } from './contract.ts';
import { prepareOne } from './explain.ts';
import { putRaw } from './rawSeries.ts';
import { SaidOfSeries, saidOfData } from './reading/saidOfData.ts';
import { readySteps } from './readySteps.ts';
import type { DataRequest } from './requests.ts';
import { openSubject } from './subject.ts';

/**
 * @throws Refusal `steps-needed` where neither model nor request say how many steps, those of reading and preparing
 */
export async function seriesPart(
  caches: Caches,
  request: DataRequest & SeriesAsked,
  context: CallContext,
): Promise<SeriesPart> {
  const subject = await openSubject(caches, request, context);
  const { dataset, model, project } = subject;
  const { features, steps: fixed } = model.classifier.input;
  const steps = fixed ?? request.steps;
  if (steps === undefined) {
    throw new Refusal('steps-needed', 'The model takes any number of steps: say how many (--steps).');
  }
  const ready = await readySteps(caches, subject, context);
  const chosen = dataset.instances.slice(request.from, request.from + request.count);
  const side = padSide(project?.preprocess ?? []);
  if (request.raw && chosen.some(({ prepared }) => prepared)) {
    throw new Refusal(
      'no-raw-series',
      'The file holds series that are prepared already, and the explainer prepares raw ones; make it without --preprocess.',
    );
  }
  const order = matchFeatures(dataset, features, namedFeatures(project));
  const values = new Float64Array(chosen.length * features * steps);
  const masks = new Uint8Array(chosen.length * steps);
  const noticed = new SaidOfSeries();
  for (const [at, instance] of chosen.entries()) {
    const prepared = prepareOne(subject, instance, ready, request);
    noticed.add(prepared);
    if (prepared.steps > steps) {
      throw new Refusal(
        'too-long',
        `Instance ${instance.id} has ${prepared.steps} steps where the explainer takes ${steps}; make one with --steps ${prepared.steps}.`,
      );
    }
    const into = values.subarray(at * features * steps, (at + 1) * features * steps);
    place(into, steps, request.raw ? rawOf(instance, prepared, order) : prepared.x, prepared, side);
    masks.set(prepared.mask, at * steps + shiftOf(steps, prepared, side));
  }
  return {
    ...{ of: dataset.instances.length, features, steps, side, values, masks },
    read: saidOfData(dataset, noticed.kinds, subject.names.findings),
    ids: chosen.map(({ id }) => id),
    labels: chosen.map(({ label }) => label ?? null),
    lengths: chosen.map((_, at) =>
      masks.subarray(at * steps, (at + 1) * steps).reduce((sum, real) => sum + real, 0),
    ),
  };
}

/** [F, t] into [F, T], the rest stays 0. */
function place(
  into: Float64Array,
  steps: number,
  from: ArrayLike<number>,
  prepared: Prepared,
  side: Side,
): void {
  const { features, steps: own } = prepared;
  const shift = shiftOf(steps, prepared, side);
  for (let feature = 0; feature < features; feature++) {
    for (let step = 0; step < own; step++) into[feature * steps + shift + step] = from[feature * own + step]!;
  }
}

/** Where a shorter series begins. */
function shiftOf(steps: number, { steps: own }: Prepared, side: Side): number {
  return side === 'front' ? steps - own : 0;
}

/** [F, t] in the file's units, 0 on padding that was put in. */
function rawOf(instance: Instance, prepared: Prepared, order: FeatureOrder): Float64Array {
  const raw = new Float64Array(prepared.features * prepared.steps);
  putRaw(raw, instance, prepared, order);
  return raw;
}
