import type { Explanation } from '../attribution/explanation.ts';
import { rasterise } from '../export/picture/rasterise.ts';
import { auditFile } from './audit/auditFile.ts';
import { maskedOnnx } from './audit/maskedOnnx.ts';
import type { Caches } from './caches.ts';
import type { CallContext, Engine } from './contract.ts';
import { Datasets } from './datasets.ts';
import { evaluateFile } from './evaluation/evaluateFile.ts';
import { explainMany } from './explain.ts';
import { explainer } from './explainer.ts';
import { glance } from './glance/glance.ts';
import type { Guard } from './guard.ts';
import { explainChecked } from './labels/agreement.ts';
import { modelHints } from './modelHints.ts';
import { Models } from './models.ts';
import { openFile } from './openFile.ts';
import { overviewFile } from './overview/overviewFile.ts';
import { overviewOfMaps } from './overview/overviewOfMaps.ts';
import { readings } from './reading/readings.ts';
import { maskedDropIn } from './repair/maskedDropIn.ts';
import { repairFile } from './repair/repairFile.ts';
import type { ExplainRequest } from './requests.ts';
import { Scripts } from './scripts.ts';
import { seriesPart } from './seriesPart.ts';
import { Sessions } from './sessions.ts';
import { projectOf } from './subject.ts';
import { dataSummary, modelSummary, runtimeSummary } from './summaries.ts';
import { TIMED_STEPS, timeModel } from './timing.ts';
import { learnable } from './train/learnable.ts';
import { learntOf } from './train/learntOf.ts';
import { trainFile } from './train/trainFile.ts';

interface EngineOptions {
  /** How much of data, models and loaded sessions is kept for the next request, each. */
  readonly cacheBytes?: number;
  /** Lines that linked scripts write. */
  readonly log?: (line: string) => void;
  /** Process groups of linked scripts, as they come and go. */
  readonly group?: (pid: number, lives: boolean) => void;
  /** Called before work of minutes: a process of its own steps back behind others. */
  readonly stepBack?: () => void;
  /** Called when a large data set was read: a process of its own lets its heap grow more slowly. */
  readonly large?: () => void;
  /** Ends the process where opening a model takes too much; nothing does unless given. */
  readonly guard?: Guard;
}

/** The engine in this process: what the child serves, and what the command line uses. */
export interface LocalEngine extends Engine {
  /** Many instances of one file, by position, in batches. */
  explainMany(
    request: ExplainRequest,
    instances: readonly number[],
    context?: CallContext,
  ): AsyncGenerator<Explanation[]>;
  dispose(): Promise<void>;
}

/** The engine in this process, with empty caches: for the child, the command line and tests. */
export function createEngine({
  cacheBytes = 300e6,
  log = () => {},
  group,
  guard,
  stepBack = () => {},
  large = () => {},
}: EngineOptions = {}): LocalEngine {
  const datasets = new Datasets(cacheBytes, large);
  const models = new Models(cacheBytes, guard);
  const caches: Caches = {
    models,
    datasets,
    scripts: new Scripts(cacheBytes, datasets, { log, group }),
    sessions: new Sessions(cacheBytes),
  };
  return {
    runtime: ({ prefer }) => runtimeSummary(caches, prefer),

    async timing(request, context = {}) {
      const hints = modelHints(await projectOf(request));
      const asked = { path: request.model, prefer: request.prefer, ...hints };
      const model = await caches.models.open(asked);
      const isFree = model.classifier.input.steps === null;
      return timeModel(
        isFree ? await caches.models.open({ ...asked, steps: TIMED_STEPS }) : model,
        request,
        context,
      );
    },

    model: async (request) => modelSummary(caches, request, await projectOf(request)),

    data: async (request, context = {}) => dataSummary(caches, request, await projectOf(request), context),

    glance: (request, context = {}) => glance(caches, request, context),

    readings: (request, context = {}) => readings(caches, request, context),

    open: (request, context = {}) => openFile(caches, request, context),

    explain: (request, context = {}) => explainChecked(caches, request, context),

    async explainSome({ instances, ...request }, context = {}) {
      const all: Explanation[] = [];
      for await (const some of explainMany(caches, request, instances, context)) all.push(...some);
      return all;
    },

    audit: (request, context = {}) => auditFile(caches, request, context),
    overview: (request, context = {}) => overviewFile(caches, request, context),

    evaluate: (request, context = {}) => evaluateFile(caches, request, context),

    repair(request, context = {}) {
      stepBack();
      return repairFile(caches, request, context);
    },

    async masked(request, context = {}) {
      if ('data' in request) return maskedDropIn(caches, request, context);
      const hints = modelHints(await projectOf(request));
      const asked = { path: request.model, prefer: request.prefer, ...hints };
      return maskedOnnx(models, await models.open(asked));
    },

    weights: async ({ model }) => ({ paths: await models.weights(model) }),
    converted: ({ model }) => models.converted(model),
    explainer: (request, context = {}) => explainer(caches, request, context),
    overviewOfMaps: (request, context = {}) => overviewOfMaps(request, context),
    seriesPart: (request, context = {}) => seriesPart(caches, request, context),
    learnable: (request, context = {}) => learnable(caches, request, context),
    learntOf: (request, context = {}) => learntOf(caches, request, context),

    train(request, context = {}) {
      stepBack();
      return trainFile(caches, request, context);
    },
    picture: ({ svg }) => rasterise(svg),

    async *explainMany(request, instances, context = {}) {
      const [instance] = instances;
      if (instances.length !== 1) yield* explainMany(caches, request, instances, context);
      else yield [await explainChecked(caches, { ...request, instance }, context)];
    },
    dispose: () => caches.sessions.clear(),
  };
}
