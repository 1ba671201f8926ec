import { rowFeeds } from '../attribution/feeds.ts';
import { type Classifier, describeClassifier } from '../graph/classifier.ts';
import type { Graph } from '../graph/graph.ts';
import { maskedClassifier } from '../graph/masking/maskedClassifier.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { ReportProgress } from '../progress.ts';
import type { Random } from '../random.ts';
import { rightAnswers, shareOf } from './accuracy.ts';
import { bucketLengths, cutTo } from './buckets.ts';
import { atRandomPlace } from './randomLength.ts';
import { realLength, type SeriesShape, type TrainingSeries } from './series.ts';
import { type Bucket, train } from './train.ts';
import type { Epoch, Trained } from './trained.ts';

interface ScratchOptions {
  readonly epochs: number;
  readonly seed: number;
  /** Highest learning rate of Adam; USUAL_RATE unless given. */
  readonly rate?: number;
  /** Epochs without a better validation after which it ends. */
  readonly patience?: number;
  /** Every layer masked. */
  readonly masked?: boolean;
  /** Each series at the length of another one, drawn anew in each epoch. */
  readonly randomLength?: boolean;
  /** Batches of like length, each padded to its bucket's length; series are padded at the end. */
  readonly bucketed?: boolean;
  /** ε of label smoothing (Szegedy 2016): 0 unless given. */
  readonly smoothing?: number;
  /** One per class, in the loss; all 1 unless given. */
  readonly classWeights?: readonly number[];
  readonly report?: ReportProgress;
  /** Called after every epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  /** Ends it; the best weights so far are kept. */
  readonly signal?: AbortSignal;
}

/** A network that was trained from random weights; its graph has the mask as an input where it is masked. */
export interface FromScratch extends Trained {
  /** Described with the weights it began with. */
  readonly model: Classifier;
  /** Steps that batches were padded to, where they were of like length. */
  readonly buckets?: readonly number[];
}

/** Learning rate of the first step. */
export const USUAL_RATE = 1e-3;

/**
 * Trains a new network and keeps the weights that answer most of `held` rightly.
 * @param network with random weights, for series of the given shape
 * @param held series that no step sees; where there are none the last weights are kept
 * @throws Refusal as trainingGraph and maskedClassifier
 */
export async function trainFromScratch(
  network: Graph,
  runtime: Runtime,
  shape: SeriesShape,
  {
    train: series,
    held,
  }: { readonly train: readonly TrainingSeries[]; readonly held: readonly TrainingSeries[] },
  options: ScratchOptions,
): Promise<FromScratch> {
  const described = async (graph: Graph, steps: number) => {
    const plain = await describeClassifier(graph, runtime, { layout: 'NFT', steps });
    return options.masked ? await maskedClassifier(plain, runtime) : plain;
  };
  const model = await described(network, shape.steps);
  const lengths = series.map(({ mask }) => Math.max(1, realLength(mask)));
  const atAnyLength = (one: TrainingSeries, random: Random) =>
    atRandomPlace(one, lengths[random.integer(lengths.length)]!, shape, random);
  const buckets: Bucket[] = [];
  for (const steps of options.bucketed ? bucketLengths(lengths) : []) {
    const own = await described(ofSteps(network, steps), steps);
    buckets.push({
      steps,
      model: { ...own, ...(options.masked && { maskedSteps: steps }) },
      feeds: (some) =>
        rowFeeds(
          own,
          some.map((one) => cutTo(one, shape, steps)),
          steps,
        ),
    });
  }
  const {
    epochs,
    seed,
    rate = USUAL_RATE,
    patience,
    smoothing,
    classWeights,
    report,
    onEpoch,
    signal,
  } = options;
  const trained = await train(
    { ...model, ...(options.masked && { maskedSteps: shape.steps }) },
    runtime,
    series,
    (some) => rowFeeds(model, some, shape.steps),
    {
      ...{ epochs, seed, rate, smoothing, classWeights, report, onEpoch, signal },
      dropout: true,
      ...(options.randomLength && { augment: atAnyLength }),
      ...(buckets.length > 0 && { buckets }),
      ...(held.length > 0 && {
        validate: async (graph: Graph) => shareOf(await rightAnswers(graph, model, runtime, held, shape)),
        patience,
      }),
    },
  );
  return { ...trained, model, ...(buckets.length > 0 && { buckets: buckets.map(({ steps }) => steps) }) };
}

/** The same network [N, F, T] for another T; its weights do not depend on it. */
function ofSteps(network: Graph, steps: number): Graph {
  const inputs = network.inputs.map((input) => ({ ...input, dims: [...input.dims.slice(0, -1), steps] }));
  return { ...network, inputs };
}
