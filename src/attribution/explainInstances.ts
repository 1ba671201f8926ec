import type { Finding } from '../finding.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import { elementCount, float32, int64, type Tensor } from '../graph/tensor.ts';
import { type Shares, sharesOf, zonesOf } from '../padding/zones.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { runInBatches } from '../runtime/runInBatches.ts';
import type { Session, Tensors } from '../runtime/runtime.ts';
import { emptyMapFinding } from './emptyMap.ts';
import type { Raster, Zone, ZoneRun } from './explanation.ts';
import type { LayerPositions } from './layerPositions.ts';
import type { MapLayer, MapModel, MapOptions } from './mapGraph.ts';
import { modelFeed } from './modelFeed.ts';
import { place, placementOf } from './placement.ts';
import { argmax, sigmoid, softmax } from './probabilities.ts';

/** What explaining needs to know of a classifier. */
export interface ExplainedModel extends MapModel {
  readonly input: {
    readonly name: string;
    readonly layout: InputLayout;
    readonly dtype: 'float32' | 'float64';
    readonly features: number;
    readonly batch: number | null;
  };
  readonly outputIs: 'logits' | 'softmax' | 'sigmoid' | 'log-softmax';
  /** Name of the input that takes the padding mask [N, T], in a masked model only. */
  readonly maskInput?: string;
}

export interface ExplainTask {
  readonly model: ExplainedModel;
  readonly layer: MapLayer & LayerPositions;
  readonly options: MapOptions;
  /** mapGraph(model, layer, options), loaded. */
  readonly session: Session;
  /** All of the same number of steps. */
  readonly prepared: readonly Prepared[];
  /** Class index, or -1 for the class each instance is predicted as. */
  readonly target: number;
  /** What findings call the classes; `class 0`, … unless given. */
  readonly classNames?: readonly string[];
  /** What refusals call the instances; their positions among the prepared ones unless given. */
  readonly instanceNames?: readonly string[];
  readonly report?: ReportProgress;
}

/** What one run says about one instance; nothing is normalised, padding is included. */
export interface InstanceMap {
  /** [C] */
  readonly logits: Float32Array;
  /** [C] softmax of the logits, or sigmoid class by class where the model ends in one. */
  readonly probabilities: Float32Array;
  readonly predicted: number;
  /** The class explained. */
  readonly target: number;
  /** As the layer has it: rows = F' (1 for a time map), columns = P. */
  readonly native: Raster & { readonly positions: Float32Array };
  /** On the T columns of the input. */
  readonly map: Raster;
  readonly zones: readonly ZoneRun[];
  readonly shares: Shares;
  readonly findings: readonly Finding[];
}

/** Values a layer may hold over all instances of one run; more instances go into further runs. */
const VALUES_PER_RUN = 2 ** 24;
const MOST_PER_RUN = 64;

const NO_REAL_POSITION: Finding = {
  code: 'no-real-position',
  severity: 'warning',
  sentence:
    'No position of this layer lies on a real step, so there are no weights over real steps and the map is zero; choose weights over all positions or another layer.',
};

/**
 * Explains prepared instances, some at a time.
 * @throws Refusal `not-finite` where the model answers with NaN or infinity, `no-such-class`.
 */
export async function explainPrepared(task: ExplainTask): Promise<InstanceMap[]> {
  const { model, layer, prepared, report } = task;
  const classes = model.shapes.dims(model.logits)?.[1] ?? 0;
  if (task.target < -1 || task.target >= classes) {
    throw new Refusal(
      'no-such-class',
      `There is no class ${task.target}: the model has classes 0 to ${classes - 1}.`,
    );
  }
  const perInstance = elementCount(model.shapes.dims(layer.tensor) ?? [1]) / model.shapes.batch;
  const group = Math.max(1, Math.min(MOST_PER_RUN, Math.floor(VALUES_PER_RUN / perInstance)));
  const explained: InstanceMap[] = [];
  for (let from = 0; from < prepared.length; from += group) {
    report?.(from / prepared.length, 'Computing maps');
    explained.push(...(await explainGroup(task, prepared.slice(from, from + group), from)));
  }
  return explained;
}

async function explainGroup(
  task: ExplainTask,
  group: readonly Prepared[],
  first: number,
): Promise<InstanceMap[]> {
  const { model, layer, options, session, target } = task;
  const zones = group.map(({ mask }) => zonesOf(layer, mask.values));
  const steps = group[0]!.steps;
  const feeds: Tensors = {
    [model.input.name]: modelFeed(
      group.map(({ x }) => x),
      model.input.features,
      steps,
      model.input.layout,
      model.input.dtype,
    ),
    attribution_target: int64(
      [group.length],
      group.map(() => target),
    ),
    ...(model.maskInput ? { [model.maskInput]: stepMask(group) } : {}),
    ...(options.maskedAlpha ? { attribution_mask: realMask(zones.map(({ positions }) => positions)) } : {}),
  };
  const { batch } = model.input;
  const results = await runInBatches(
    session,
    feeds,
    batch === null ? { kind: 'upTo', size: group.length } : { kind: 'fixed', size: batch },
  );
  const placement = placementOf(layer, steps);
  return group.map((_, n) => {
    const logits = row(results.attribution_logits!, n);
    const values = row(results.attribution_map!, n);
    if (!logits.every(Number.isFinite) || !values.every(Number.isFinite)) {
      throw notFinite(task.instanceNames?.[first + n] ?? `${first + n}`, logits);
    }
    const predicted = argmax(logits);
    const explained = target < 0 ? predicted : target;
    const columns = layer.positions.length;
    const native = {
      values,
      rows: values.length / columns,
      columns,
      positions: Float32Array.from(layer.positions),
    };
    const { positions, columns: zoneRuns } = zones[n]!;
    return {
      logits,
      probabilities: model.outputIs === 'sigmoid' ? sigmoid(logits) : softmax(logits),
      predicted,
      target: explained,
      native,
      map: place(native, placement),
      zones: zoneRuns,
      shares: sharesOf(positions, native),
      findings:
        options.maskedAlpha && !positions.includes('REAL')
          ? [NO_REAL_POSITION]
          : emptyMapFinding(values, {
              method: options.method,
              lowest: results.attribution_lowest && row(results.attribution_lowest, n)[0],
              alpha: row(results.attribution_alpha!, n),
              className: task.classNames?.[explained] ?? `class ${explained}`,
            }),
    };
  });
}

/** [N, T] 1 on real steps. */
export function stepMask(group: readonly Pick<Prepared, 'mask' | 'steps'>[]): Tensor {
  const { steps } = group[0]!;
  const values = new Float32Array(group.length * steps);
  group.forEach(({ mask }, n) => {
    values.set(mask.values, n * steps);
  });
  return float32([group.length, steps], values);
}

/** [N, P] 1 at REAL positions. */
function realMask(zones: readonly (readonly Zone[])[]): Tensor {
  const values = zones.flatMap((positions) => positions.map((zone) => (zone === 'REAL' ? 1 : 0)));
  return float32([zones.length, zones[0]!.length], values);
}

/** Values of one instance, axis 0 being the instances. */
function row(source: Tensor, n: number): Float32Array {
  const width = source.data.length / source.dims[0]!;
  return (source.data as Float32Array).slice(n * width, (n + 1) * width);
}

function notFinite(instance: string, logits: Float32Array): Refusal {
  const what = logits.every(Number.isFinite) ? 'the map' : `the logits (${[...logits].join(', ')})`;
  return new Refusal(
    'not-finite',
    `The model answers instance ${instance} with ${what} that are not finite numbers; look for blank, infinite or very large values in its input.`,
  );
}
