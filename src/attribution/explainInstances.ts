import type { Finding } from '../finding.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import { Refusal } from '../refusal.ts';
import { isCentredBehind } from './centredBehind.ts';
import type { Completeness } from './completeness.ts';
import { emptyMapFinding } from './emptyMap.ts';
import type { ExplainTask, SignedMaps } from './explainTask.ts';
import type { Raster, Zone, ZoneRun } from './explanation.ts';
import { graphMaps, mostProbable, plainLogits } from './graphMaps.ts';
import { classCount } from './mapGraph.ts';
import { methodNamed } from './methods.ts';
import { besides, outputByDefault } from './outputByDefault.ts';
import { place, placementOf } from './placement.ts';
import { argmax, probabilitiesOf } from './probabilities.ts';
import { runsMaps } from './runsMaps.ts';
import { PREDICTED, RUNNER_UP, type Score, type Target } from './score.ts';
import { type Shares, sharesOf, zonesOf } from './zones.ts';

/** What one run says about one instance; nothing is normalised, padding is included. */
export interface InstanceMap {
  /** [C] */
  readonly logits: Float32Array;
  /** [C] softmax of the logits, or sigmoid class by class where the model ends in one; absent where outputs are numbers. */
  readonly probabilities?: Float32Array;
  /** The class predicted; of outputs that are numbers the one explained. */
  readonly predicted: number;
  /** The class explained. */
  readonly target: number;
  /** The class it is set against, if any. */
  readonly against?: number;
  /** As the layer has it: rows = F' (1 for a time map), columns = P. */
  readonly native: Raster & { readonly positions: Float32Array };
  /** On the T columns of the input. */
  readonly map: Raster;
  readonly zones: readonly ZoneRun[];
  readonly shares: Shares;
  readonly completeness?: Completeness;
  /** Where every class was asked for. */
  readonly classMaps?: readonly { readonly target: number; readonly map: Raster; readonly shares: Shares }[];
  readonly findings: readonly Finding[];
}

/** Of a model with more classes the most probable ones are shown. */
const MOST_CLASSES = 24;

const NO_REAL_POSITION: Finding = {
  code: 'no-real-position',
  severity: 'warning',
  sentence:
    'No position of this layer lies on a real step, so there are no weights over real steps and the map is zero; choose weights over all positions or another layer.',
};

/**
 * Explains prepared instances, some at a time.
 * @throws Refusal `not-finite` where the model answers with NaN or infinity, `no-such-class`, `no-such-output`,
 *   `no-runner-up`, or as mapGraph does.
 */
export async function explainPrepared(task: ExplainTask): Promise<InstanceMap[]> {
  const { model, options, target, against, negative } = task;
  const classes = classCount(model.shapes, model.logits);
  const { values } = model;
  mustExist(target, classes, values);
  if (against !== undefined) mustExist(against, classes, values);
  if (values && against === RUNNER_UP) throw noRunnerUp();
  const method = methodNamed(options.method);
  const wanted: Target = { target, ...(against !== undefined && { against }), ...(negative && { negative }) };
  const early = method.kind === 'runs' || task.everyClass || (values?.softmax && target === PREDICTED);
  const logits = early ? await plainLogits(task) : [];
  const targets = task.prepared.map((one, n) => {
    const own =
      values && target === PREDICTED
        ? { ...wanted, target: outputByDefault(values, one, logits[n]) }
        : wanted;
    if (!task.everyClass) return [own];
    const others = values
      ? besides(values, own.target, MOST_CLASSES)
      : mostProbable(logits[n]!, MOST_CLASSES);
    return [own, ...others.map((cls) => ({ target: cls }))];
  });
  const found =
    method.kind === 'graph' ? await graphMaps(task, targets) : await runsMaps(task, method, targets, logits);
  return found.map((maps, n) => finished(task, n, maps));
}

function mustExist(index: number, classes: number, values: ValuesOut | undefined): void {
  if (index < -1 || index >= classes) {
    if (values)
      throw new Refusal(
        'no-such-output',
        `There is no output ${index}: the model has outputs 0 to ${classes - 1}.`,
      );
    throw new Refusal(
      'no-such-class',
      `There is no class ${index}: the model has classes 0 to ${classes - 1}.`,
    );
  }
}

function noRunnerUp(): Refusal {
  return new Refusal(
    'no-runner-up',
    'The outputs of this model are numbers, so none of them is the runner-up; name the output to set it against.',
  );
}

function finished(task: ExplainTask, n: number, found: SignedMaps): InstanceMap {
  const { model, layer, prepared } = task;
  const { logits, scores, maps } = found;
  const { mask, steps } = prepared[n]!;
  const { positions: zones, columns: zoneRuns } = zonesOf(layer, mask);
  const placement = placementOf(layer, steps);
  const columns = layer.positions.length;
  const placed = maps.map((values) => {
    const native = { values, rows: values.length / columns, columns };
    return { native, map: place(native, placement), shares: sharesOf(zones, native) };
  });
  const [{ native, map, shares }, ...others] = placed as [(typeof placed)[0], ...typeof placed];
  const [{ target, against }] = scores as [Score];
  return {
    logits,
    ...(model.values
      ? { predicted: target }
      : {
          probabilities: probabilitiesOf(logits, model.outputIs),
          predicted: argmax(logits),
        }),
    target,
    ...(against !== undefined && { against }),
    native: { ...native, positions: Float32Array.from(layer.positions) },
    map,
    zones: zoneRuns,
    shares,
    ...(found.completeness && { completeness: found.completeness[0] }),
    ...(task.everyClass && {
      classMaps: others.map(({ map, shares }, i) => ({ target: scores[i + 1]!.target, map, shares })),
    }),
    findings: [...(found.findings ?? []), ...whyEmpty(task, found, zones)],
  };
}

function whyEmpty(task: ExplainTask, found: SignedMaps, zones: readonly Zone[]): Finding[] {
  const { method, maskedAlpha } = task.options;
  const [{ target, against }] = found.scores as [Score];
  if (target === against) {
    const sentence = `${nameOf(task, target)} is set against itself, so score and map are zero; choose two ${task.model.values ? 'outputs' : 'classes'}.`;
    return [{ code: 'against-itself', severity: 'warning', sentence }];
  }
  if (maskedAlpha && !zones.includes('REAL')) return [NO_REAL_POSITION];
  return emptyMapFinding(found.maps[0]!, {
    method,
    lowest: found.lowest?.[0],
    alpha: found.alpha?.[0],
    className: explainedName(task, target),
    // Walks the graph: asked for where a map is empty only.
    get cancels() {
      return isCentredBehind(task.model.graph, task.layer.tensor);
    },
  });
}

function explainedName(task: ExplainTask, target: number): string {
  const other = task.model.values ? 'output' : 'class';
  const contrast = task.against === undefined ? '' : ` over the other ${other}`;
  return `${task.negative ? 'what speaks against ' : ''}${nameOf(task, target)}${contrast}`;
}

function nameOf({ classNames }: ExplainTask, index: number): string {
  return classNames?.[index] ?? `class ${index}`;
}
