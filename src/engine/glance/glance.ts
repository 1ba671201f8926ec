import type { Dataset, Instance } from '../../data/dataset.ts';
import { decimate } from '../../data/decimate.ts';
import { Refusal } from '../../refusal.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { openDataset } from '../openDataset.ts';
import type { GlanceRequest } from '../requests.ts';
import { projectOf } from '../subject.ts';
import type { GlanceLine, SeriesGlance } from './seriesGlance.ts';

/** More stretches than this no screen tells apart. */
const STRETCHES = 800;
const MOST_LINES = 24;
const FIRST_VALUES = 8;

/** @throws Refusal `no-instance`, those of reading data and attribution.json */
export async function glance(
  caches: Caches,
  request: GlanceRequest,
  context: CallContext,
): Promise<SeriesGlance> {
  const { dataset } = await openDataset(caches, request, await projectOf(request), undefined, context);
  const instance = dataset.instances[request.instance];
  if (!instance) {
    throw new Refusal(
      'no-instance',
      `The file has no instance ${request.instance}; it has ${dataset.instances.length}.`,
    );
  }
  return glanceOf(dataset, instance, request.from ?? 0);
}

function glanceOf({ features }: Dataset, instance: Instance, from: number): SeriesGlance {
  const { id, label, measured, length, mask, values } = instance;
  const shown = features.slice(from, from + MOST_LINES);
  return {
    ...{ id, label, measured, length, from, features: features.length },
    real: mask ? mask.reduce((sum, on) => sum + on, 0) : length,
    padding: mask ? stretches(mask) : [],
    lines: shown.map((name, at) => line(name, values, (from + at) * length, length, mask)),
  };
}

/** @param values [F, L] @param mask [L] */
function line(
  name: string,
  values: Float64Array,
  at: number,
  length: number,
  mask: Uint8Array | undefined,
): GlanceLine {
  let [low, high, sum, count, missing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let step = 0; step < length; step++) {
    if (mask && mask[step] === 0) continue;
    const value = values[at + step]!;
    if (!Number.isFinite(value)) {
      missing++;
      continue;
    }
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    count++;
  }
  const points = decimate(values, at, 0, length, STRETCHES);
  return {
    name,
    points: Float64Array.from(points.flatMap(({ x, y }) => [x, y])),
    ...(count > 0 ? { low, high, mean: sum / count } : { low: null, high: null, mean: null }),
    missing,
    first: Array.from(values.subarray(at, at + Math.min(length, FIRST_VALUES)), (value) =>
      Number.isFinite(value) ? value : null,
    ),
  };
}

/** Padding of a long series is told by as many parts as a screen shows: one counts that has no real step. @param mask [L] */
function stretches(mask: Uint8Array): { from: number; to: number }[] {
  const size = Math.max(1, mask.length / STRETCHES);
  const runs: { from: number; to: number }[] = [];
  for (let part = 0; part * size < mask.length; part++) {
    const [from, to] = [Math.floor(part * size), Math.min(mask.length, Math.floor((part + 1) * size))];
    if (mask.subarray(from, to).some((on) => on !== 0)) continue;
    const last = runs.at(-1);
    if (last?.to === from) last.to = to;
    else runs.push({ from, to });
  }
  return runs;
}
