import { basename } from 'node:path';
import { ARCHITECTURES, newNetwork } from '../../architectures/architectures.ts';
import { withMaskChannel } from '../../architectures/maskChannel.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { elementCount } from '../../graph/tensor.ts';
import { wilsonRate } from '../../padding/estimate.ts';
import { fitStatisticsOfFile } from '../../preprocess/statistics.ts';
import { OWN_SETTINGS, ownSettingsText } from '../../project/ownSettings.ts';
import { createRandom } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import { rightAnswers, shareOf } from '../../training/accuracy.ts';
import { batchSaid } from '../../training/batchSize.ts';
import { trainFromScratch, USUAL_RATE } from '../../training/fromScratch.ts';
import { holdOut } from '../../training/holdOut.ts';
import { firstOfSame } from '../../training/sameSeries.ts';
import { balancedWeights } from '../../training/targets.ts';
import { trainingGraph } from '../../training/trainingGraph.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { openDataset } from '../openDataset.ts';
import { otherRuntime } from '../otherRuntime.ts';
import { overlapNarrows } from '../overlap.ts';
import { SaidOfSeries, saidOfData, saidOfFile } from '../reading/saidOfData.ts';
import type { TrainRequest } from '../requests.ts';
import { projectOf } from '../subject.ts';
import { restsOnFew } from './few.ts';
import { keptByTraining } from './keptByTraining.ts';
import { classesToLearn, otherClasses } from './labelled.ts';
import { learntNothing } from './learntNothing.ts';
import { longest, otherSide, paddedBeyond } from './longest.ts';
import { marked } from './marked.ts';
import { mustFit } from './networkSize.ts';
import { overlapSaid, sharedSaid } from './overlapSaid.ts';
import { fittingStep } from './paddingStyles.ts';
import { filesOf, PROVENANCE, provenanceText } from './provenance.ts';
import { leftOutOf, repeatedSaid, unshared } from './sharedSeries.ts';
import { timeAsFeature } from './timeAsFeature.ts';
import { type Recipe, trainingSet } from './trainingSet.ts';
import type { TrainAnswer } from './trainReport.ts';
import { settingsOf, writtenGraph } from './writeTrained.ts';

/** Of each class, set aside to choose the epoch by. */
const HELD_OUT = 0.2;
/** Epochs without a better validation after which it ends. */
const PATIENCE = 30;

/**
 * Trains a network from scratch on a file: statistics and classes from it, a share of it set aside for validation.
 * @throws Refusal as the reading of the file, `no-labels`, `one-class`, `too-few`, `missing-values`, `unknown-label`, `cannot-mask`, `test-is-train`, `too-many-weights`
 */
export async function trainFile(
  caches: Caches,
  request: TrainRequest,
  context: CallContext,
): Promise<TrainAnswer> {
  const began = performance.now();
  const { architecture, seed, masked, padding, epochs, classWeights, smoothing = 0 } = request;
  const { filters = ARCHITECTURES[architecture].filters, rate = USUAL_RATE } = request;
  if (masked && padding === 'mask-channel') {
    throw new Refusal(
      'cannot-mask',
      'The padding "mask-channel" shows the network its mask as a feature, and masked layers hide the padding: choose one of the two.',
    );
  }
  const project = await projectOf(request);
  const { report, signal, enough, saw } = context;
  const ends = [signal, enough].filter((one) => one !== undefined);
  const open = (data: string) =>
    openDataset(caches, { ...request, data }, project, undefined, {
      signal,
      report: report && ((share, what) => report(share * 0.05, what)),
    });
  const { dataset: read, mask } = await open(request.data);
  const dataset = await marked(read, mask, signal);
  const unseenFile = async (path: string | undefined) =>
    path === undefined
      ? undefined
      : { path, dataset: await marked((await open(path)).dataset, mask, signal) };
  const [test, crossed] = [await unseenFile(request.test), await unseenFile(request.crossed)];
  const all = [dataset, ...[test, crossed].flatMap((one) => one?.dataset ?? [])];
  const files = await filesOf(request, signal);
  if (files.test_sha256 === files.data_sha256) {
    throw new Refusal(
      'test-is-train',
      `${files.test} and ${files.data} hold the same: a network is not judged on what it has learnt from. Without --test a fifth of each class is set aside for validation.`,
    );
  }
  const classes = classesToLearn(dataset, project?.classes, request.data);
  const features = project?.data.features ?? dataset.features;
  const steps = longest(all, project);
  const recipe: Recipe = {
    ...{ classes, features },
    mask: { kind: 'auto' },
    shape: { features: features.length, steps },
    steps: [
      { kind: 'standardize', by: 'given', ...(await fitted(dataset, features, signal)) },
      fittingStep(padding, steps),
    ],
  };
  const preparing = {
    signal,
    report: report && ((share: number, what: string) => report(0.05 + share * 0.05, what)),
  };
  const ready = (dataset: Dataset, path: string, noticed: SaidOfSeries) =>
    trainingSet(dataset, path, recipe, noticed, preparing);
  const noticed = new SaidOfSeries();
  const learnt = await ready(dataset, request.data, noticed);
  const prints = learnt.map(({ print }) => print);
  const firsts = firstOfSame(prints);
  const parts = holdOut(learnt, HELD_OUT, createRandom(seed), firsts);
  const judged = async (one: typeof test) => {
    if (!one) return undefined;
    const noticed = new SaidOfSeries();
    const found = unshared(await ready(one.dataset, one.path, noticed), one.path, learnt, request.data);
    return {
      ...found,
      path: one.path,
      said: [
        ...found.said,
        ...overlapNarrows(project, one.path),
        ...saidOfFile(saidOfData(one.dataset, noticed.findings), one.path),
      ],
    };
  };
  const unseen = { test: await judged(test), crossed: await judged(crossed) };
  const overlap = overlapSaid(project, request.data);
  const shared = await sharedSaid(
    { series: learnt, path: request.data, ...(overlap.length === 0 && parts.held.length > 0 && { firsts }) },
    [unseen.test, unseen.crossed],
    { signal, report: report && ((_, what) => report(0.1, what)) },
  );
  const { runtime, note } = await caches.models.runtime(request.prefer);
  const balanced =
    classWeights === 'balanced'
      ? balancedWeights(
          parts.train.map(({ label }) => label),
          classes.length,
        )
      : undefined;
  const channel = padding === 'mask-channel';
  const size = { ...recipe.shape, classes: classes.length, features: features.length + (channel ? 1 : 0) };
  mustFit(architecture, size, filters);
  const plain = newNetwork(architecture, size, seed, filters);
  const found = await trainFromScratch(
    channel ? withMaskChannel(plain) : plain,
    runtime,
    recipe.shape,
    parts,
    {
      ...{ epochs, seed, rate, masked, signal: AbortSignal.any(ends) },
      onEpoch: (epoch) => saw?.({ epoch }),
      patience: PATIENCE,
      randomLength: padding === 'random-length',
      bucketed: padding === 'bucketed',
      smoothing,
      ...(balanced && { classWeights: balanced }),
      report: report && ((share, what) => report(0.1 + 0.9 * share, what)),
    },
  );
  signal?.throwIfAborted();
  const judge = async (series: typeof parts.held, called: string) => {
    const right = await rightAnswers(found.graph, found.model, runtime, series, recipe.shape);
    return { right, series, called, rate: wilsonRate(shareOf(right), series.length) };
  };
  const { curve, best, ended, divergedAt, buckets, model } = found;
  const numbers = trainingGraph(model).parameters.map((name) =>
    elementCount(model.graph.constants.get(name)!.dims),
  );
  const validation = parts.held.length > 0 ? await judge(parts.held, 'the series set aside') : undefined;
  const [tested, crossedRight] = [
    unseen.test && (await judge(unseen.test.series, `the series of ${basename(unseen.test.path)}`)),
    unseen.crossed && (await judge(unseen.crossed.series, basename(unseen.crossed.path))),
  ];
  const graph = writtenGraph(request, recipe, found, [...parts.train, ...parts.held]);
  const made = {
    ...{ curve, best, ended, classes, padding, masked, seed, rate, filters, steps },
    ...(smoothing > 0 && { smoothing }),
    ...(balanced && { classWeights: balanced }),
    ...(divergedAt && { divergedAt }),
    ...(validation && { validation: validation.rate }),
    ...(tested && { test: tested.rate }),
    ...(crossedRight && { crossed: crossedRight.rate }),
    ...(buckets && { buckets }),
    ...leftOutOf(unseen),
    architecture: ARCHITECTURES[architecture].title,
    parameters: numbers.reduce((a, b) => a + b, 0),
    features: features.length,
    maskInput: graph.maskInput,
    trainedOn: parts.train.length,
  };
  const settings = await settingsOf(request, recipe);
  const kept = keptByTraining(files.data_sha256!, prints);
  const findings: Finding[] = [
    ...learntNothing(best, tested ?? (validation && { ...validation, looks: curve.length })),
    ...otherRuntime(request.prefer, note),
    ...dataset.findings,
    // The statistics are this file's own, however far from them a short series lies.
    ...noticed.findings.filter(({ code }) => code !== 'statistics-doubt'),
    ...timeAsFeature(dataset, project?.data.features),
    ...repeatedSaid(learnt, parts.held.length, request.data),
    ...(unseen.test?.said ?? []),
    ...(unseen.crossed?.said ?? []),
    ...restsOnFew(parts, classes, request.data),
    ...paddedBeyond(all, project),
    ...overlap,
    ...shared,
    ...otherSide(project, fittingStep(padding, steps)),
    ...otherClasses(dataset, project?.classes, classes),
    ...(buckets ? [bucketsSaid(buckets, steps)] : []),
    ...fewPerStep(batchSaid(found.batch, found.bytes, parts.train.length)),
    ...graph.findings,
    ...kept.findings,
  ];
  const warnings = findings.flatMap(({ severity, sentence }) => (severity === 'warning' ? [sentence] : []));
  const metadata = new Map([
    [PROVENANCE, provenanceText(request, files, runtime, made, warnings)],
    [OWN_SETTINGS, ownSettingsText(settings, features)],
    ...kept.metadata,
  ]);
  return {
    onnx: writeOnnx(graph.written, metadata),
    settings,
    ...(unseen.test?.positions && { judged: unseen.test.positions }),
    report: {
      ...made,
      seconds: (performance.now() - began) / 1000,
      findings,
    },
  };
}

function bucketsSaid(buckets: readonly number[], steps: number): Finding {
  const sentence = `Batches of like length were padded to ${listed(buckets.map(String))} steps in training; the model that is written takes ${steps} steps padded at the end, and validation and test are of that.`;
  return { code: 'bucketed', severity: 'info', sentence };
}

function fewPerStep(sentence: string | undefined): Finding[] {
  return sentence === undefined ? [] : [{ code: 'small-batch', severity: 'info', sentence }];
}

/** Statistics of real steps, in the order of `features`. */
async function fitted(dataset: Dataset, features: readonly string[], signal?: AbortSignal) {
  const { mean, std } = await fitStatisticsOfFile(dataset, signal);
  const at = features.map((name) => dataset.features.indexOf(name));
  const ordered = at.every((index) => index >= 0) ? at : features.map((_, index) => index);
  return { mean: ordered.map((i) => mean[i]!), std: ordered.map((i) => std[i]!) };
}
