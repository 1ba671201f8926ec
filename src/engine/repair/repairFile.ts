import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { withoutFeatureAxis } from '../../graph/oneFeature.ts';
import type { Case } from '../../preprocess/case.ts';
import { keptSettings } from '../../project/ownSettings.ts';
import { createRandom } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import { ARMS } from '../../repair/armNames.ts';
import { repairBy } from '../../repair/arms.ts';
import { noneAtChance } from '../../repair/atChance.ts';
import { choose, chooseOther } from '../../repair/choose.ts';
import { keptLearnt } from '../../repair/learntFrom.ts';
import { keptInPart, keptSeries } from '../../repair/learntSeries.ts';
import { FORM_WORDS, leftOver, unchecked } from '../../repair/leftOver.ts';
import { mcnemar } from '../../repair/mcnemar.ts';
import { gainsOf, shown } from '../../repair/measured.ts';
import type { Repaired } from '../../repair/patient.ts';
import { learntBy, repairMetadata } from '../../repair/provenance.ts';
import type { RepairAnswer } from '../../repair/repairAsked.ts';
import type { RepairFound } from '../../repair/repairFound.ts';
import { flattered, parts, selectionOptimism } from '../../repair/score.ts';
import type { Judged, TriedCandidate } from '../../repair/standing.ts';
import { seriesPrint } from '../../training/seriesPrint.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import type { RepairRequest } from '../requests.ts';
import { version } from '../version.ts';
import { admit } from './admit.ts';
import type { JudgedSeries } from './judgedSeries.ts';
import type { LabelledCase } from './labelledCase.ts';
import { MapsAndTimes } from './mapAndTime.ts';
import { readMaterial } from './material.ts';
import { type TriedArm, tryArms } from './tryArms.ts';
import { checkWritten, formed } from './writtenModel.ts';

const EPOCHS = 10;
/** Reading, trying, and the rest, as the progress shows them. */
const [READING, TRYING] = [0.05, 0.85];

/**
 * Repairs a model with every arm that fits, judges each on instances it has not learnt from, chooses by rule, and makes
 * the chosen one from all instances.
 * @throws Refusal as readMaterial, `cannot-drop-in` where the mask cannot be computed inside, `stopped` where nothing was
 * tried before somebody had enough
 */
export async function repairFile(
  caches: Caches,
  request: RepairRequest,
  context: CallContext,
): Promise<RepairAnswer> {
  const { arm = 'auto', epochs = EPOCHS, seed = 1 } = request;
  const within = (from: number, to: number): CallContext => ({
    ...context,
    report: (share, what) => context.report?.(from + (to - from) * share, what),
  });
  const { material, admitted } = await unlessEnough(context, async (signal) => {
    const material = await readMaterial(caches, request, { ...within(0, READING), signal });
    return {
      material,
      admitted: await admit(material, { ...request, seed }, { ...within(READING, READING), signal }),
    };
  });
  const { patient, plain, bench, before, weights, form, folds } = admitted;
  const { model, hashes, cases, shape } = material;
  const aside = new MapsAndTimes(model, plain, form, cases, shape, context);
  const asTrained = { ...shown(before), ...(await aside.before()) };
  context.saw?.({ before: asTrained });
  const trial = { ...admitted, aside, asked: arm !== 'auto', epochs, seed };
  const arms = arm === 'auto' || arm === 'all' ? ARMS : [arm];
  const trials = await tryArms(arms, trial, within(READING, TRYING));
  const { tried, candidates, stopped } = trials;
  if (stopped && tried.length === 0) throw nothingKept();
  const named = arm === 'auto' || arm === 'all' ? undefined : tried[0];
  const all = tried.map(({ candidate }) => candidate);
  const picked = named ? askedFor(named) : chosenOf(all, before);
  // A repair that is written says itself what it leaves.
  const otherForm = all.some(({ helps }) => helps) ? null : chooseOther(all);
  if (arm !== 'auto' && arm !== 'all' && !named) {
    const [only] = candidates;
    throw new Refusal('cannot-repair', only && 'cannot' in only ? only.cannot : 'It could not be tried.');
  }
  const best = 'chosen' in picked ? tried.find(({ candidate }) => candidate === picked.chosen)! : undefined;
  const optimism = selectionOptimism(
    tried.map(({ judged }) => parts(judged, weights)),
    createRandom(seed * 64 + 53),
  );
  const found: RepairFound = {
    before: asTrained,
    after: best ? shown(best.judged) : null,
    candidates,
    chosen: best?.candidate.name ?? null,
    reason: `${picked.reason}${otherForm ? ` As ${FORM_WORDS[otherForm.form]} there is one that helps: ${otherForm.reason}` : ''}${stopped ? ` Stopped before all repairs were tried${best ? ': this is the best of those that were' : ', so another one might help'}.` : ''}`,
    form: form.form,
    masks: patient.model.maskInput !== undefined,
    otherForm,
    paired: best ? pairing(before, best.judged) : null,
    turned: best ? turned(before, best.judged, cases) : null,
    optimism,
    judgedOn: { instances: cases.length, folds, ...sameSeries(material.judged) },
    zones: { unavailable: 'Nothing was repaired.' },
    maps: [],
    latency: null,
    written: null,
    notMasked: patient.model.notMasked ?? [],
    notes: [
      ...material.flattered,
      ...(best ? flattered(optimism) : []),
      ...admitted.notes,
      ...(best ? leftOver(before, best.judged, best.candidate) : []),
    ],
    stopped,
    epochs,
    seed,
    provenance: {
      model: request.model,
      modelHash: model.hash,
      data: request.data,
      dataHash: hashes.data,
      ...(request.train !== undefined && { train: request.train, trainHash: hashes.train! }),
      runtime: `${model.runtime.id} ${model.runtime.version}`,
      version,
      ...(material.preprocess !== undefined && { preprocess: material.preprocess }),
    },
  };
  if (!best) return { found, model: null };
  const rest = within(TRYING, 1);
  const { repaired, note, from } = await final(best, trial, material.train ?? cases, stopped, rest);
  rest.report?.(0.5, 'Checking the repaired model');
  const alive = () => {
    context.signal?.throwIfAborted();
    rest.report?.(0.6, 'Checking the repaired model');
  };
  const { written, classifier } = await checkWritten(
    patient,
    repaired,
    form,
    bench,
    best.judged.carried,
    alive,
  );
  alive();
  const learns = best.candidate.name !== 'masked' && { learnt: { n: from.length, of: material.series } };
  const learnt = learntBy({ ...found, ...learns });
  const series = learnt.map((one) => keptSeries(one, from.map(seriesPrint)));
  const kept = keptLearnt(plain.graph.metadata, learnt, series);
  const proven: RepairFound = {
    ...found,
    ...learns,
    written,
    zones: best.zones,
    maps: best.maps,
    latency: { before: await aside.milliseconds(plain), after: await aside.milliseconds(classifier) },
    stopped: stopped || note.length > 0,
    notes: [...found.notes, ...note, ...unchecked(written), ...keptInPart(kept, series)],
  };
  const metadata = new Map([...keptSettings(plain.graph.metadata), ...kept, ...repairMetadata(proven)]);
  const bytes = request.keep
    ? writeOnnx(withoutFeatureAxis(formed(patient, repaired, form)), metadata)
    : null;
  return { found: proven, model: bytes };
}

/** Before a repair is measured there is nothing to keep, so that enough is a cancel. @throws Refusal `stopped` */
async function unlessEnough<R>(
  { signal, enough }: CallContext,
  work: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const either = AbortSignal.any([signal, enough].filter((one) => one !== undefined));
  try {
    return await work(either);
  } catch (reason) {
    if (enough?.aborted && !signal?.aborted) throw nothingKept();
    throw reason;
  }
}

function nothingKept(): Refusal {
  return new Refusal('stopped', 'Stopped before any repair was measured, so nothing was kept.');
}

/** From all instances; from those of the first fold, where somebody has enough. */
async function final(
  { candidate, repairs }: TriedArm,
  { patient, lessons, epochs, seed }: Parameters<typeof tryArms>[1],
  all: readonly LabelledCase[],
  stopped: boolean,
  { signal, enough, report }: CallContext,
): Promise<{ readonly repaired: Repaired; readonly note: string[]; readonly from: readonly LabelledCase[] }> {
  const first = repairs.repaired[0]!;
  // Masking alone learns from no instance, so that every fold's is the one from all.
  if (lessons.length === 1 || candidate.name === 'masked') return { repaired: first, note: [], from: all };
  const signals = [signal, enough].filter((one) => one !== undefined);
  const half = (share: number, what: string) => report?.(share / 2, what);
  const options = { seed, epochs, report: half, signal: AbortSignal.any(signals) };
  try {
    const repaired = stopped ? undefined : await repairBy(candidate.name, patient, all, options);
    signal?.throwIfAborted();
    if (repaired && !enough?.aborted) return { repaired, note: [], from: all };
  } catch (reason) {
    if (signal?.aborted || !enough?.aborted) throw reason;
  }
  const sentence = `Stopped before the repair was made anew from all instances: the model is the one of the first fold, which learnt from ${lessons[0]!.length} of ${all.length}.`;
  return { repaired: first, note: [sentence], from: lessons[0]! };
}

function chosenOf(
  all: readonly TriedCandidate[],
  { margin }: Judged,
): ReturnType<typeof choose<TriedCandidate>> {
  const picked = choose(all);
  return 'chosen' in picked || !margin.hardly || all.length === 0
    ? picked
    : { reason: noneAtChance(margin, all.length) };
}

function sameSeries({ leftOut, repeated }: JudgedSeries): Partial<JudgedSeries> {
  return { ...(leftOut > 0 && { leftOut }), ...(repeated > 0 && { repeated }) };
}

function askedFor({ candidate }: TriedArm) {
  const said = candidate.helps ? 'It helps.' : 'By the rule it does not help.';
  return { chosen: candidate, reason: `${candidate.name}: asked for by name. ${said} ${candidate.why}` };
}

function pairing(before: Judged, after: Judged): NonNullable<RepairFound['paired']> {
  return { ...gainsOf(before, after), mcnemar: mcnemar(before.correct, after.correct) };
}

function turned(before: Judged, after: Judged, cases: readonly Case[]): NonNullable<RepairFound['turned']> {
  const those = (from: Judged, to: Judged) =>
    cases.filter((_, i) => !from.correct[i] && to.correct[i]).map(({ index }) => index);
  return { gained: those(before, after), lost: those(after, before) };
}
