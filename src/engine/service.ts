import type { Explanation } from '../attribution/explanation.ts';
import { gradientFaults } from '../attribution/gradientAvailability.ts';
import type { Instance } from '../data/dataset.ts';
import { rasterise } from '../export/picture/rasterise.ts';
import type { Classifier, Layer } from '../graph/classifier.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import { auditFile } from './audit/auditFile.ts';
import { maskedOnnx } from './audit/maskedOnnx.ts';
import { nameClasses } from './classNames.ts';
import type { CallContext, Engine, ExplainRequest, InstanceSummary, ModelSummary } from './contract.ts';
import { Datasets } from './datasets.ts';
import { evaluateFile } from './evaluation/evaluateFile.ts';
import { explainMany } from './explain.ts';
import { explainer } from './explainer.ts';
import { Models } from './models.ts';
import { overviewFile } from './overview/overviewFile.ts';
import { openDataset, projectOf, type Rooms } from './scene.ts';
import { Scripts } from './scripts.ts';
import { Sessions } from './sessions.ts';
import { timeModel } from './timing.ts';

export interface EngineOptions {
  /** How much of data, models and loaded sessions is kept for the next request, each. */
  readonly cacheBytes?: number;
  /** Lines that linked scripts write. */
  readonly log?: (line: string) => void;
  /** Process groups of linked scripts, as they come and go. */
  readonly group?: (pid: number, lives: boolean) => void;
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

export function createEngine({ cacheBytes = 300e6, log = () => {}, group }: EngineOptions = {}): LocalEngine {
  const datasets = new Datasets(cacheBytes);
  const rooms: Rooms = {
    models: new Models(cacheBytes),
    datasets,
    scripts: new Scripts(cacheBytes, datasets, { log, group }),
    sessions: new Sessions(cacheBytes),
  };
  return {
    async runtime({ prefer }) {
      const { runtime, note, reason } = await rooms.models.runtime(prefer);
      return { id: runtime.id, version: runtime.version, note, reason };
    },

    async timing(request, context = {}) {
      const layout = (await projectOf(request))?.input;
      const model = await rooms.models.open({ path: request.model, prefer: request.prefer, layout });
      return timeModel(model, request, context);
    },

    async model(request) {
      const project = await projectOf(request);
      const { path, hash, classifier } = await rooms.models.open({
        path: request.model,
        prefer: request.prefer,
        layout: project?.input,
      });
      const { input, classes, layers, findings } = classifier;
      const named = nameClasses(classes, project?.classes, undefined);
      return {
        path,
        hash,
        features: input.features,
        steps: input.steps,
        layout: input.layout,
        classes: named.names,
        layers: layers.map(layerSummary),
        ...noGradient(classifier),
        findings: [...findings, ...named.findings],
      };
    },

    async data(request, context = {}) {
      const project = await projectOf(request);
      const model = request.model
        ? await rooms.models.open({ path: request.model, prefer: request.prefer, layout: project?.input })
        : undefined;
      const { dataset } = await openDataset(rooms, request, project, model, context);
      const { format, layout, features, cells, instances, findings } = dataset;
      return {
        path: request.data,
        format,
        layout,
        features,
        cells,
        instances: instances.map(instanceSummary),
        findings,
      };
    },

    async explain(request, context = {}) {
      for await (const [explanation] of explainMany(rooms, request, [request.instance ?? 0], context)) {
        return explanation!;
      }
      throw new Error('explaining one instance gave none');
    },

    audit: (request, context = {}) => auditFile(rooms, request, context),
    overview: (request, context = {}) => overviewFile(rooms, request, context),

    evaluate: (request, context = {}) => evaluateFile(rooms, request, context),

    async masked(request) {
      const layout = (await projectOf(request))?.input;
      const { classifier } = await rooms.models.open({ path: request.model, prefer: request.prefer, layout });
      return maskedOnnx(classifier);
    },

    explainer: (request, context = {}) => explainer(rooms, request, context),
    picture: ({ svg }) => rasterise(svg),

    explainMany: (request, instances, context = {}) => explainMany(rooms, request, instances, context),
    dispose: () => rooms.sessions.clear(),
  };
}

function noGradient(classifier: Classifier): Pick<ModelSummary, 'noGradient'> {
  const faults = gradientFaults(classifier);
  return Object.keys(faults).length > 0 ? { noGradient: faults } : {};
}

/** What a view needs of a layer, without what only computing needs. */
export function layerSummary({ axes: _, positions: __, reads: ___, ...summary }: Layer): LayerSummary {
  return summary;
}

function instanceSummary({ id, index, length, label, lines, line }: Instance): InstanceSummary {
  // Padding that a script has put in stands on no line.
  const first = lines?.find((at) => at > 0);
  const at = first
    ? ([first, lines!.findLast((at) => at > 0)!] as const)
    : line
      ? ([line, line] as const)
      : undefined;
  return { id, index, length, label, lines: at };
}
