import { rowFeeds } from '../attribution/feeds.ts';
import { createRandom, type Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { batchSaid } from '../training/batchSize.ts';
import { atRandomPlace } from '../training/randomLength.ts';
import { realLength, type TrainingSeries } from '../training/series.ts';
import { train } from '../training/train.ts';
import type { Arm } from './armNames.ts';
import type { Patient, Repaired, RepairOptions } from './patient.ts';
import { refitHead } from './refitHead.ts';

/** Copies per series, beside the series itself, that a head is refitted on at other lengths; one of many series. */
const COPIES = 3;
const MANY = 1000;
/** Of masked training with Adam. */
const RATE = 1e-3;

/**
 * One repair of a classifier.
 * @throws Refusal `cannot-repair` where the arm does not fit the model, or as trainingGraph
 */
export async function repairBy(
  arm: Arm,
  patient: Patient,
  series: readonly TrainingSeries[],
  options: RepairOptions,
): Promise<Repaired> {
  const { model } = patient;
  const random = createRandom(options.seed);
  const anyLength = lengthsOf(series);
  const otherwise = (one: TrainingSeries, random: Random) =>
    atRandomPlace(one, anyLength(random), patient.shape, random, patient.fill);
  switch (arm) {
    case 'masked':
      return { graph: model.graph, onto: (graph) => graph };
    case 'head':
      return refitHead(patient, series, options);
    case 'head-random-length': {
      const copies = series.flatMap((one) => [
        one,
        ...Array.from({ length: series.length > MANY ? 1 : COPIES }, () => otherwise(one, random)),
      ]);
      return refitHead(patient, copies, options);
    }
    case 'fine-tune':
      return trained(patient, series, options);
    case 'random-length':
      return trained(patient, series, options, (one, random) => otherwise(one, random));
  }
}

/** Lengths drawn alike for all classes, so that a length says nothing about the class. */
function lengthsOf(series: readonly TrainingSeries[]): (random: Random) => number {
  const lengths = series.map(({ mask }) => Math.max(1, realLength(mask)));
  return (random) => lengths[random.integer(lengths.length)]!;
}

async function trained(
  { model, runtime, shape, crowded }: Patient,
  series: readonly TrainingSeries[],
  { seed, epochs = 10, report, signal }: RepairOptions,
  augment?: (series: TrainingSeries, random: Random) => TrainingSeries,
): Promise<Repaired> {
  if (model.input.batch !== null) {
    throw new Refusal(
      'cannot-repair',
      `The model takes ${model.input.batch === 1 ? 'one instance' : `${model.input.batch} instances`} at a time, so it is not trained on batches of its data; export it with a free batch axis.`,
    );
  }
  const trainable = { ...model, ...(model.maskInput && { maskedSteps: shape.steps }) };
  const options = { epochs, crowded, rate: RATE, seed, augment, report, signal };
  const found = await train(
    trainable,
    runtime,
    series,
    (some) => rowFeeds(model, some, shape.steps),
    options,
  );
  const { graph, curve, divergedAt } = found;
  const changed = [...graph.constants].filter(([name, value]) => model.graph.constants.get(name) !== value);
  return {
    graph,
    onto: (other) => ({ ...other, constants: new Map([...other.constants, ...changed]) }),
    curve,
    ended: found.ended,
    unreached: found.unreached,
    batchSaid: batchSaid(found.batch, found.bytes, series.length),
    ...(divergedAt && { diverged: divergedAt }),
  };
}
