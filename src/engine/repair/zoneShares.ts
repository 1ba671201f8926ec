import { explainPrepared } from '../../attribution/explainInstances.ts';
import type { Raster, Zone } from '../../attribution/explanation.ts';
import { zonesOf } from '../../attribution/zones.ts';
import { MOST_JUDGED } from '../../evaluation/mostJudged.ts';
import type { Classifier, Layer } from '../../graph/classifier.ts';
import { isLastConvolution } from '../../graph/layerByDefault.ts';
import type { Unavailable } from '../../padding/audit.ts';
import { bootstrapMeans } from '../../padding/estimate.ts';
import { timeProfile, zoneMass } from '../../padding/mapFacts.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { createRandom, drawnOf } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import type { RepairFound, ZoneShares } from '../../repair/repairFound.ts';
import type { OpenModel } from '../models.ts';
import { Sessions } from '../sessions.ts';
import type { Repairs } from './foldAnswers.ts';

/** Pairs of maps that are kept. */
const MOST_MAPS = 4;
const ZONES = ['REAL', 'MIXED', 'EMPTY'] as const;
const CACHE_BYTES = 100e6;
const OPTIONS = { method: 'gradcam', relu: false, maskedAlpha: false } as const;

type Before =
  | { readonly layer: Layer; readonly shares: ZoneShares | Unavailable; readonly maps: readonly Raster[] }
  | Unavailable;

/** Where the maps of the predicted classes lie at the last convolution, or the last layer that tells steps apart. */
export async function zonesBefore(
  open: OpenModel,
  plain: Classifier,
  all: readonly Case[],
  shape: InputShape,
): Promise<Before> {
  const layer =
    plain.layers.find((layer) => isLastConvolution(layer) && layer.reads !== null) ??
    plain.layers.findLast(({ reads }) => reads !== null);
  if (!layer) return { unavailable: 'Every layer reads the whole series, so no map tells steps apart.' };
  const cases = mappedOf(all).map((i) => all[i]!);
  return orWhyNot(async () => {
    const found = await mapsOf({ ...open, classifier: plain, key: 'before' }, layer, cases, shape);
    return { layer, shares: averaged(found), maps: found.map(({ map }) => map) };
  });
}

/** What zonesAfter gives. */
export interface ZonesAfter {
  readonly zones: RepairFound['zones'];
  /** Of some padded instances. */
  readonly maps: RepairFound['maps'];
}

/** The same for repairs, on instances each has not learnt from. */
export async function zonesAfter(
  open: OpenModel,
  { patient, repaired, of }: Repairs,
  all: readonly Case[],
  before: Before,
): Promise<ZonesAfter> {
  if ('unavailable' in before) return { zones: before, maps: [] };
  const { layer, shares } = before;
  const drawn = mappedOf(all);
  const cases = drawn.map((i) => all[i]!);
  const positions = cases.map((_, i) => i);
  const found = await orWhyNot(async () => {
    const after: Found[] = [];
    for (const [fold, one] of repaired.entries()) {
      const mine = positions.filter((i) => of(drawn[i]!) === fold);
      const classifier = { ...patient.model, graph: one.graph };
      const opened = { ...open, classifier, key: `after ${fold}` };
      const made = await mapsOf(
        opened,
        layer,
        mine.map((i) => cases[i]!),
        patient.shape,
      );
      for (const [n, i] of mine.entries()) after[i] = made[n]!;
    }
    return after;
  });
  if ('unavailable' in found) return { zones: found, maps: [] };
  const padded = positions.filter((i) => cases[i]!.mask.includes(0));
  const shown = [...drawnOf(padded.length, MOST_MAPS, createRandom(1))].map((k) => padded[k]!);
  return {
    zones: { layer: layer.name, before: shares, after: averaged(found) },
    maps: shown.map((i) => {
      const { id, mask } = cases[i]!;
      return { id, mask, before: before.maps[i]!, after: found[i]!.map };
    }),
  };
}

/** Whose maps are compared: the same ones before and after. */
function mappedOf(all: readonly Case[]): number[] {
  return [...drawnOf(all.length, MOST_JUDGED, createRandom(1))];
}

async function orWhyNot<R>(work: () => Promise<R>): Promise<R | Unavailable> {
  try {
    return await work();
  } catch (reason) {
    if (reason instanceof Refusal) return { unavailable: reason.message };
    throw reason;
  }
}

interface Found {
  /** Null where the map is all zero. */
  readonly shares: Readonly<Record<Zone, number>> | null;
  readonly map: Raster;
}

async function mapsOf(
  model: OpenModel,
  layer: Layer,
  cases: readonly Case[],
  shape: InputShape,
): Promise<Found[]> {
  if (cases.length === 0) return [];
  const sessions = new Sessions(CACHE_BYTES);
  try {
    const maps = await explainPrepared({
      model: model.classifier,
      layer,
      options: OPTIONS,
      session: await sessions.get(model, layer, OPTIONS),
      prepared: cases.map((one) => ({ ...one, ...shape })),
      target: -1,
    });
    return maps.map(({ native, map }, i) => {
      const zones = zonesOf(layer, cases[i]!.mask).positions;
      return { map, shares: zoneMass(timeProfile(native.values, native.rows, Math.abs), zones) };
    });
  } finally {
    await sessions.clear();
  }
}

function averaged(found: readonly Found[]): ZoneShares | Unavailable {
  const all = found.flatMap(({ shares }) => (shares ? [shares] : []));
  if (all.length === 0) return { unavailable: 'Every map is 0 throughout, so none lies anywhere.' };
  const columns = ZONES.map((zone) => all.map((shares) => shares[zone]));
  const [REAL, MIXED, EMPTY] = bootstrapMeans(columns, createRandom(1));
  return { REAL: REAL!, MIXED: MIXED!, EMPTY: EMPTY! };
}
