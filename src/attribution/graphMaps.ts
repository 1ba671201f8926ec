import { rowsPerGradientRun } from '../graph/rowsPerRun.ts';
import { elementCount } from '../graph/tensor.ts';
import { askInGroups } from './askInGroups.ts';
import type { ExplainTask, SignedMaps } from './explainTask.ts';
import { modelFeeds, mustBeFinite, realPositions, rowOf, runRows, targetFeeds } from './feeds.ts';
import { isContrast, scoreOf, type Target } from './score.ts';

/** Values a layer may hold over all rows of one run; more rows go into further runs. */
const VALUES_PER_RUN = 2 ** 24;
const MOST_PER_RUN = 64;

/**
 * Maps of a method whose map is part of the graph: each run takes as many instances × targets as fit.
 * @param targets per instance, of the same number each
 */
export async function graphMaps(
  task: ExplainTask,
  targets: readonly (readonly Target[])[],
): Promise<SignedMaps[]> {
  const { model, layer, prepared, report } = task;
  const perRow = elementCount(model.shapes.dims(layer.tensor) ?? [1]) / model.shapes.batch;
  const most = Math.max(1, Math.min(MOST_PER_RUN, Math.floor(VALUES_PER_RUN / perRow)));
  const rows = rowsPerGradientRun(model, most);
  const group = Math.max(1, Math.floor(rows / targets[0]!.length));
  const found: SignedMaps[] = [];
  for (let from = 0; from < prepared.length; from += group) {
    report?.(from / prepared.length, 'Computing maps');
    found.push(...(await oneRun(task, targets, from, Math.min(prepared.length, from + group))));
  }
  return found;
}

async function oneRun(
  task: ExplainTask,
  targets: readonly (readonly Target[])[],
  from: number,
  to: number,
): Promise<SignedMaps[]> {
  const { options, prepared, session } = task;
  const width = targets[0]!.length;
  const group = prepared.slice(from, to);
  const asked = targets.slice(from, to).flat();
  const rows = group.flatMap((one) => new Array(width).fill(one));
  const contrast = asked.some(isContrast);
  const results = await runRows(task, await session.load('map', contrast), {
    ...modelFeeds(task, rows),
    ...targetFeeds(asked, contrast),
    ...(options.maskedAlpha && { attribution_mask: realPositions(task, rows) }),
  });
  return group.map((_, n) => {
    const all = <Part>(of: (row: number) => Part) =>
      Array.from({ length: width }, (_, i) => of(n * width + i));
    const logits = rowOf(results.attribution_logits!, n * width);
    const maps = all((row) => rowOf(results.attribution_map!, row));
    mustBeFinite(task.instanceNames?.[from + n] ?? `${from + n}`, logits, maps);
    return {
      logits,
      scores: targets[from + n]!.map((target) => scoreOf(target, logits)),
      maps,
      lowest: results.attribution_lowest && all((row) => rowOf(results.attribution_lowest!, row)[0]!),
      alpha: all((row) => rowOf(results.attribution_alpha!, row)),
    };
  });
}

/** [C] logits of every instance, by the model alone. */
export async function plainLogits({
  model,
  prepared,
  session,
  signal,
}: ExplainTask): Promise<Float32Array[]> {
  return askInGroups(model, prepared, {
    session: await session.load('plain', false),
    steps: prepared[0]!.steps,
    logits: 'attribution_logits',
    most: MOST_PER_RUN,
    beforeRun: () => signal?.throwIfAborted(),
  });
}

/**
 * Indices of the most probable classes, best first.
 * @param logits [C]
 */
export function mostProbable(logits: Float32Array, count: number): number[] {
  const left = [...logits.keys()].filter((index) => !Number.isNaN(logits[index]!));
  return left.sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, count);
}
