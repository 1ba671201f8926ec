import type { Graph } from '../graph/graph.ts';
import { createRandom, type Random } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { atLength } from '../training/randomLength.ts';
import { realLength, type TrainingSeries } from '../training/series.ts';
import { train } from '../training/train.ts';
import type { Trained } from '../training/trained.ts';
import { feedsOf, type Patient, type RepairOptions } from './patient.ts';
import { refitHead } from './refitHead.ts';

/** Ways to mend a classifier that leans on padding, cheapest first. */
export const ARMS = ['masked', 'head', 'head-random-length', 'fine-tune', 'random-length'] as const;
export type Arm = (typeof ARMS)[number];

export interface Repaired {
  /** Inputs: the series and MASK_INPUT. */
  readonly graph: Graph;
  readonly curve?: Trained['curve'];
  readonly diverged?: Trained['divergedAt'];
}

/** Copies per series, beside the series itself, that a head is refitted on at other lengths. */
const COPIES = 3;
/** Of masked training with Adam. */
const RATE = 1e-3;

/**
 * One repair of a masked classifier.
 * @throws Refusal `cannot-repair` where the arm does not fit the model, or as trainingGraph
 */
export async function repairBy(
  arm: Arm,
  patient: Patient,
  series: readonly TrainingSeries[],
  options: RepairOptions,
): Promise<Repaired> {
  const { masked, shape } = patient;
  const random = createRandom(options.seed);
  const anyLength = lengthsOf(series);
  switch (arm) {
    case 'masked':
      return { graph: masked.graph };
    case 'head':
      return { graph: await refitHead(patient, series, options) };
    case 'head-random-length': {
      const copies = series.flatMap((one) => [
        one,
        ...Array.from({ length: COPIES }, () => atLength(one, anyLength(random), shape, random)),
      ]);
      return { graph: await refitHead(patient, copies, options) };
    }
    case 'fine-tune':
      return trained(patient, series, options);
    case 'random-length':
      return trained(patient, series, options, (one, random) =>
        atLength(one, anyLength(random), shape, random),
      );
  }
}

/** Lengths drawn alike for all classes, so that a length says nothing about the class. */
function lengthsOf(series: readonly TrainingSeries[]): (random: Random) => number {
  const lengths = series.map(({ mask }) => Math.max(1, realLength(mask)));
  return (random) => lengths[random.integer(lengths.length)]!;
}

async function trained(
  { masked, runtime, shape }: Patient,
  series: readonly TrainingSeries[],
  { seed, epochs = 10, report, signal }: RepairOptions,
  augment?: (series: TrainingSeries, random: Random) => TrainingSeries,
): Promise<Repaired> {
  if (masked.input.batch === 1) {
    throw new Refusal(
      'cannot-repair',
      'The model takes one instance at a time, so it cannot be trained on batches; export it with a free batch axis.',
    );
  }
  const model = { ...masked, maskedSteps: shape.steps };
  const options = { epochs, rate: RATE, seed, augment, report, signal };
  const found = await train(model, runtime, series, (some) => feedsOf(masked, shape, some), options);
  return { graph: found.graph, curve: found.curve, ...(found.divergedAt && { diverged: found.divergedAt }) };
}
