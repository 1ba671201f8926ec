import { argmax } from '../attribution/probabilities.ts';
import type { Graph } from '../graph/graph.ts';
import type { Runtime, Tensors } from '../graph/runtime.ts';
import type { ReportProgress } from '../progress.ts';
import { createRandom, type Random } from '../random.ts';
import { batchSize } from './batchSize.ts';
import { bucketBatches, evenly } from './buckets.ts';
import { dropoutMasks } from './dropout.ts';
import type { OptimiserOptions } from './optimiser.ts';
import type { TrainingSeries } from './series.ts';
import { stepBytes } from './stepBytes.ts';
import { Stepper } from './stepper.ts';
import { targetsOf } from './targets.ts';
import type { Epoch, Trained } from './trained.ts';
import { type TrainableModel, trainingGraph } from './trainingGraph.ts';

/** From so many steps on, an epoch takes long enough to say how far it is. */
const MANY_GROUPS = 50;

/** The model as it takes series of one length. */
export interface Bucket {
  readonly steps: number;
  readonly model: TrainableModel;
  /** Its inputs for some series of its length or shorter. */
  readonly feeds: (some: readonly TrainingSeries[]) => Tensors;
}

interface TrainOptions {
  readonly epochs: number;
  /** Series per step; as many as fit into memory unless given. */
  readonly batch?: number;
  /** A large file is in memory, too; where the series hold many numbers unless given. */
  readonly crowded?: boolean;
  /** Highest learning rate; it falls to 0 along half a cosine (Loshchilov & Hutter 2017). */
  readonly rate: number;
  readonly optimiser?: OptimiserOptions;
  readonly smoothing?: number;
  readonly classWeights?: readonly number[];
  /** Same seed, same weights. */
  readonly seed: number;
  /** Another view of a series for this step, e.g. at a random length. */
  readonly augment?: (series: TrainingSeries, random: Random) => TrainingSeries;
  /** Share of right answers on series the training does not see; the weights of the best epoch are kept. */
  readonly validate?: (model: Graph) => Promise<number>;
  /** Ends when so many epochs in a row brought nothing better; never unless given. */
  readonly patience?: number;
  /** Batches of like length, each by its own graph of the same weights: ascending, the last holds every series. */
  readonly buckets?: readonly Bucket[];
  /** Statistics of batch norms stay as they are. */
  readonly frozen?: boolean;
  /** The model's dropouts drop, by masks that the seed gives. */
  readonly dropout?: boolean;
  readonly report?: ReportProgress;
  /** Called after every epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains the weights of a classifier.
 * @param feeds the model's own inputs for some series
 * @throws Refusal as trainingGraph and batchSize
 */
export async function train(
  model: TrainableModel,
  runtime: Runtime,
  series: readonly TrainingSeries[],
  feeds: (some: readonly TrainingSeries[]) => Tensors,
  options: TrainOptions,
): Promise<Trained> {
  const { epochs, rate, seed, optimiser = { kind: 'adam' } } = options;
  const { buckets = [{ steps: Number.POSITIVE_INFINITY, model, feeds }] } = options;
  const graphs = buckets.map((bucket) => trainingGraph(bucket.model, options));
  const bytes = await stepBytes(graphs.at(-1)!.graph, buckets.at(-1)!.model.shapes, runtime);
  const { batch = batchSize(bytes, series, options.crowded) } = options;
  const classes = model.shapes.dims(model.logits)![1]!;
  const stepper = await Stepper.open(graphs, model.graph, runtime, optimiser, bytes * batch);
  const random = createRandom(seed);
  const lengths = buckets.map(({ steps }) => steps);
  const dealt = () =>
    options.buckets
      ? bucketBatches(series, lengths, batch, random)
      : evenly([...random.permutation(series.length)], batch).map((of) => ({ of, bucket: 0 }));
  const curve: Epoch[] = [];
  let best = {
    score: options.validate ? await options.validate(model.graph) : -1,
    at: -1,
    graph: model.graph,
  };
  let before = best;
  const result = (ended: Trained['ended'], divergedAt?: Trained['divergedAt']): Trained => ({
    graph: best.graph,
    curve,
    unreached: graphs[0]!.unreached,
    ...{ batch, bytes },
    best: best.at,
    ended,
    ...(divergedAt && { divergedAt }),
  });
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const batches = dealt();
      const groups = batches.length;
      let [loss, right, done] = [0, 0, 0];
      for (const [group, { of, bucket }] of batches.entries()) {
        await new Promise((resolve) => setImmediate(resolve));
        if (options.signal?.aborted) return result('cancelled');
        const step = epoch * groups + group;
        const within = groups < MANY_GROUPS ? '' : `, series ${done + 1} of ${series.length}`;
        done += of.length;
        options.report?.(step / (epochs * groups), `Training, epoch ${epoch + 1} of ${epochs}${within}`);
        const now = (rate / 2) * (1 + Math.cos((Math.PI * step) / (epochs * groups)));
        const chosen = of.map((i) => series[i]!);
        const seen = options.augment ? chosen.map((one) => options.augment!(one, random)) : chosen;
        const labels = seen.map(({ label }) => label);
        const targets = targetsOf(labels, { ...options, classes });
        const masks = dropoutMasks(graphs[bucket]!.dropouts, seen.length, random);
        const taken = await stepper.step({ ...buckets[bucket]!.feeds(seen), ...masks }, targets, now, bucket);
        if (!Number.isFinite(taken.loss)) {
          // The weights of the last epoch are the ones that gave this.
          if (group === 0 && best.at === epoch - 1) best = before;
          return result('diverged', { step: step + 1, rate: now });
        }
        loss += taken.loss * seen.length;
        const logits = taken.logits.data as Float32Array;
        labels.forEach((label, n) => {
          if (argmax(logits.subarray(n * classes, (n + 1) * classes)) === label) right++;
        });
      }
      const trained = stepper.model();
      const validation = await options.validate?.(trained);
      const one: Epoch = {
        loss: loss / series.length,
        accuracy: right / series.length,
        ...(validation !== undefined && { validation }),
      };
      curve.push(one);
      options.onEpoch?.(one);
      if (validation === undefined || validation >= best.score) {
        before = best;
        best = { score: validation ?? -1, at: epoch, graph: trained };
      }
      if (options.patience !== undefined && epoch - best.at >= options.patience) return result('patience');
    }
    return result('epochs');
  } finally {
    await stepper.dispose();
  }
}
