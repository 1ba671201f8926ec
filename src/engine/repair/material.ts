import { basename } from 'node:path';
import { dataHash } from '../../data/dataHash.ts';
import type { Finding } from '../../finding.ts';
import type { ChannelUnits } from '../../padding/refill.ts';
import type { InputShape } from '../../preprocess/case.ts';
import { matchFeatures } from '../../preprocess/featureOrder.ts';
import { speedSaid, stretchedFrom } from '../../preprocess/stretched.ts';
import { namedFeatures } from '../../project/namedFeatures.ts';
import { Refusal } from '../../refusal.ts';
import { mustSuffice } from '../../repair/needs.ts';
import { auditCases } from '../audit/auditCases.ts';
import { channelUnits } from '../audit/channelUnits.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { modelFor } from '../explain.ts';
import { itsModel } from '../learnt/itsModel.ts';
import { LearntCount, learntFromThese } from '../learnt/learntCount.ts';
import { learntUnread } from '../learnt/learntUnread.ts';
import { learntFinding, leftOutOfRepair, notRepairedWithThese } from '../learnt/learntWords.ts';
import type { OpenModel } from '../models.ts';
import { needsClasses } from '../needsClasses.ts';
import { outputChoice } from '../outputChoice.ts';
import { overlapNarrows, overlapOf } from '../overlap.ts';
import { maskCause, saidOfData, saidOfFile } from '../reading/saidOfData.ts';
import { readySteps } from '../readySteps.ts';
import type { RepairRequest } from '../requests.ts';
import { openSubject, type Subject } from '../subject.ts';
import { type JudgedSeries, judgedSeries } from './judgedSeries.ts';
import { type LabelledCase, labelled } from './labelledCase.ts';
import { openTrain } from './openTrain.ts';
import { repairSample } from './repairSample.ts';
import { sharedNotes } from './sharedNotes.ts';

/** Of reading a file, where its series begin to be prepared, as the progress shows it. */
const PREPARING = 0.7;

/** What a repair rests on. */
export interface Material {
  readonly model: OpenModel;
  readonly classes: readonly string[];
  readonly shape: InputShape;
  readonly units: ChannelUnits;
  /** On which repairs are judged. */
  readonly cases: readonly LabelledCase[];
  readonly judged: JudgedSeries;
  /** From which they learn; absent: from folds of the cases. */
  readonly train?: readonly LabelledCase[];
  /** Of the file it learns from, used or not. */
  readonly series: number;
  /** What of large files was drawn. */
  readonly said: readonly Finding[];
  /** What reading and preparing did that changes numbers, and where settings were joined. */
  readonly read: readonly Finding[];
  readonly hashes: { readonly data: string; readonly train?: string };
  readonly preprocess?: string;
  /** Where the model was trained on what it is judged on, and what of that was left out. */
  readonly flattered: readonly string[];
}

/**
 * @throws Refusal `windows-overlap`, `no-labels`, `one-class`, `too-few-instances`, `no-padding`, `lengths-differ`, `train-differs`, `train-is-data`,
 * `cannot-repair`, or as
 * reading and preparing do
 */
export async function readMaterial(
  caches: Caches,
  request: RepairRequest,
  context: CallContext,
): Promise<Material> {
  const own = partOf(context, 0, request.train === undefined ? 0.9 : 0.5);
  const subject = await openSubject(caches, request, partOf(own, 0, PREPARING));
  needsClasses(subject, 'A repair');
  const overlap = request.train === undefined && overlapOf(subject.project, request.data);
  if (overlap) {
    throw new Refusal(
      'windows-overlap',
      `${overlap.said}: folds of them would be judged on steps that they have learnt from. Set "step" under "data" in attribution.json to ${overlap.step} (--set data.step=${overlap.step}), or give other recordings to learn from (--train).`,
    );
  }
  const preparing = partOf(own, PREPARING, 1);
  const steps = await readySteps(caches, subject, partOf(preparing, 0, 0));
  const { seed = 1, data } = request;
  const { positions, said } = repairSample(subject, seed, basename(data));
  const asked = { ...request, instances: positions };
  const { cases: read, shape, noticed } = await auditCases(subject, asked, steps, preparing);
  const count = new LearntCount(subject.model);
  const all = read.filter((one) => !count.add(one));
  const before = await count.found(request, context.signal);
  await notRepairedWithThese(before, request.model, (learnt) => itsModel(learnt, subject.model));
  const classes = subject.names.names;
  const hashes = {
    data: await dataHash(request.data, request.content, context.signal),
    ...(request.train !== undefined && { train: await dataHash(request.train, undefined, context.signal) }),
  };
  if (hashes.train === hashes.data) {
    throw new Refusal(
      'train-is-data',
      `${basename(request.train!)} and ${basename(data)} hold the same: a repair is not judged on what it has learnt from. Without a file to learn from, folds of ${basename(data)} learn and are judged in turn.`,
    );
  }
  const given = labelled(all, data, subject.dataset);
  const learnt =
    request.train === undefined
      ? undefined
      : await readTrain(caches, request, partOf(context, 0.5, 0.9), shape, subject);
  const train = learnt?.cases;
  if (train) {
    mustSuffice({ labels: train.map(({ label }) => label), classes }, basename(request.train!));
  }
  const left = read.length - all.length;
  const judged = judgedSeries(
    { all: given, data, ...(left > 0 && { unlearntBy: basename(request.model) }) },
    learnt && { cases: learnt.cases, file: request.train!, of: learnt.series },
    classes,
  );
  const { cases } = judged;
  const shared = await sharedNotes(
    { series: cases, path: data, firsts: judged.firsts },
    train && { series: train, path: request.train! },
    partOf(context, 0.9, 1),
  );
  const still = await learntFromThese(subject.model, request, cases, context.signal);
  if (cases.every(({ mask }) => mask.every((real) => real === 1))) {
    const speed = stretchedFrom(steps, subject.dataset.instances);
    throw new Refusal(
      'no-padding',
      `No instance of ${basename(data)}${positions ? ` among ${positions.length} drawn by chance` : ''} is padded, so there is no padding the model could lean on: nothing to repair.${speed ? ` Mind that ${speedSaid(speed)}.` : ''}${maskCause(noticed)}`,
    );
  }
  const { names } = matchFeatures(subject.dataset, shape.features, namedFeatures(subject.project));
  return {
    model: await modelFor(caches, subject, request, shape.steps),
    classes,
    shape,
    units: channelUnits(steps, cases, shape, names),
    cases,
    judged: { ...judged, notes: [...judged.notes, ...shared] },
    train,
    series: learnt?.series ?? subject.dataset.instances.length,
    said: [...said, ...(learnt?.said ?? [])],
    read: [
      ...outputChoice(subject.model.classifier),
      ...overlapNarrows(subject.project, data),
      ...saidOfData(subject.dataset, noticed, subject.names.findings),
      ...(learnt?.read ?? []),
    ],
    hashes,
    flattered: [
      ...[...learntFinding(still.filter(({ by }) => by === 'train')), ...learntUnread(subject.model)].map(
        ({ sentence }) => sentence,
      ),
      ...leftOutOfRepair(before, left, request.model),
    ],
    ...(subject.preprocess !== undefined && { preprocess: subject.preprocess }),
  };
}

/** Progress of a part of the work as progress of the whole. */
function partOf(context: CallContext, from: number, to: number): CallContext {
  return { ...context, report: (share, what) => context.report?.(from + (to - from) * share, what) };
}

async function readTrain(
  caches: Caches,
  request: RepairRequest,
  context: CallContext,
  shape: InputShape,
  of: Subject,
): Promise<Pick<Material, 'said' | 'read' | 'series'> & { readonly cases: readonly LabelledCase[] }> {
  const { content: _, train, ...rest } = request;
  const asked = { ...rest, data: train! };
  const reading = partOf(context, 0, PREPARING);
  const { subject, said: order } = await openTrain(caches, asked, of, request.data, reading);
  const preparing = partOf(context, PREPARING, 1);
  const steps = await readySteps(caches, subject, partOf(preparing, 0, 0));
  const { positions, said } = repairSample(subject, request.seed ?? 1, basename(train!));
  const found = await auditCases(subject, { ...asked, instances: positions }, steps, preparing);
  if (found.shape.steps !== shape.steps) {
    throw new Refusal(
      'train-differs',
      `The series of ${basename(train!)} have ${found.shape.steps} steps and those of ${basename(request.data)} ${shape.steps}: prepare both alike.`,
    );
  }
  if (subject.names.names.join('\n') !== of.names.names.join('\n')) {
    throw new Refusal(
      'train-differs',
      `The classes of ${basename(train!)} are not those of ${basename(request.data)}: name them in attribution.json ("classes").`,
    );
  }
  return {
    cases: labelled(found.cases, train!, subject.dataset),
    series: subject.dataset.instances.length,
    said,
    read: saidOfFile([...order, ...saidOfData(subject.dataset, found.noticed)], train!),
  };
}
