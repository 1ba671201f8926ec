import { explainPrepared } from '../../attribution/explainInstances.ts';
import { zonesOf } from '../../attribution/zones.ts';
import { MOST_JUDGED } from '../../evaluation/mostJudged.ts';
import type { Classifier, Layer } from '../../graph/classifier.ts';
import type { Unavailable } from '../../padding/audit.ts';
import { mean } from '../../padding/estimate.ts';
import { timeProfile, zoneMass } from '../../padding/mapFacts.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import type { RepairFound, ZoneShares } from '../../repair/repairFound.ts';
import type { OpenModel } from '../models.ts';
import { Sessions } from '../sessions.ts';
import type { Repairs } from './foldAnswers.ts';

const CACHE_BYTES = 100e6;
const OPTIONS = { method: 'gradcam', relu: false, maskedAlpha: false } as const;

type Before = { readonly layer: Layer; readonly shares: ZoneShares } | Unavailable;

/** Where the maps of the predicted classes lie at the last convolution. */
export async function zonesBefore(
  open: OpenModel,
  plain: Classifier,
  all: readonly Case[],
  shape: InputShape,
): Promise<Before> {
  const layer =
    plain.layers.find(({ marks, reads }) => marks.includes('last conv') && reads !== null) ??
    plain.layers.findLast(({ reads }) => reads !== null);
  if (!layer) return { unavailable: 'Every layer reads the whole series, so no map tells steps apart.' };
  const cases = all.slice(0, MOST_JUDGED);
  return orWhyNot(async () => {
    const shares = await masses({ ...open, classifier: plain, key: 'before' }, layer, cases, shape);
    return { layer, shares: averaged(shares) };
  });
}

/** The same for repairs, on instances each has not learnt from. */
export async function zonesAfter(
  open: OpenModel,
  { patient, repaired, of }: Repairs,
  all: readonly Case[],
  before: Before,
): Promise<RepairFound['zones']> {
  if ('unavailable' in before) return before;
  const { layer, shares } = before;
  const cases = all.slice(0, MOST_JUDGED);
  const positions = cases.map((_, i) => i);
  return orWhyNot(async () => {
    const after = await Promise.all(
      repaired.map((one, fold) => {
        const mine = positions.filter((i) => of(i) === fold).map((i) => cases[i]!);
        const classifier = { ...patient.model, graph: one.graph };
        return masses({ ...open, classifier, key: `after ${fold}` }, layer, mine, patient.shape);
      }),
    );
    return { layer: layer.name, before: shares, after: averaged(after.flat()) };
  });
}

async function orWhyNot<R>(work: () => Promise<R>): Promise<R | Unavailable> {
  try {
    return await work();
  } catch (reason) {
    if (reason instanceof Refusal) return { unavailable: reason.message };
    throw reason;
  }
}

/** Zone shares of every map that is not all zero. */
async function masses(
  model: OpenModel,
  layer: Layer,
  cases: readonly Case[],
  shape: InputShape,
): Promise<ZoneShares[]> {
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
    return maps.flatMap(({ native }, i) => {
      const zones = zonesOf(layer, cases[i]!.mask).positions;
      return zoneMass(timeProfile(native.values, native.rows, Math.abs), zones) ?? [];
    });
  } finally {
    await sessions.clear();
  }
}

function averaged(shares: readonly ZoneShares[]): ZoneShares {
  const of = (zone: keyof ZoneShares) => mean(shares.map((share) => share[zone]));
  return { REAL: of('REAL'), MIXED: of('MIXED'), EMPTY: of('EMPTY') };
}
