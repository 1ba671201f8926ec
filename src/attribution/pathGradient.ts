import { rowsPerGradientRun } from '../graph/rowsPerRun.ts';
import type { Tensors } from '../graph/runtime.ts';
import { float32, type Tensor } from '../graph/tensor.ts';
import type { MaskedSeries } from '../preprocess/case.ts';
import type { ExplainTask } from './explainTask.ts';
import { modelFeeds, rowFeeds, rowOf, runOnce, runRows, targetFeeds } from './feeds.ts';
import type { PathKind } from './pathGraph.ts';
import type { PointSet } from './pointSet.ts';
import type { Score } from './score.ts';

/** Some of the points, for one run. */
interface Points {
  readonly kind: PathKind;
  readonly origin: MaskedSeries;
  readonly directions: readonly Float32Array[];
  readonly along: readonly number[];
  readonly weights: readonly number[];
}

/** A cancel is heard between runs. */
const MOST_POINTS = 32;

/** Per score Σ_s weights[s] · d score / d input at the s-th point: [F, T]. */
export async function pathGradients(
  task: ExplainTask,
  scores: readonly Score[],
  path: PointSet,
): Promise<Float64Array[]> {
  const sums = scores.map(() => new Float64Array(path.origin.x.length));
  const inGraph = task.model.input.batch === null && task.model.input.dtype === 'float32';
  let before = 0;
  for (const points of partsOf(path, rowsPerGradientRun(task.model, MOST_POINTS))) {
    task.report?.(before / path.weights.length, '');
    before += points.weights.length;
    for (const [i, score] of scores.entries()) {
      const maps = inGraph ? [await summed(task, score, points)] : await oneByOne(task, score, points);
      const sum = sums[i]!;
      for (const map of maps) for (let cell = 0; cell < sum.length; cell++) sum[cell]! += map[cell]!;
    }
  }
  return sums;
}

/** Parts of nearly equal size, of `most` points. */
function* partsOf(path: PointSet, most: number): Generator<Points> {
  const { origin, kind } = path;
  const count = path.weights.length;
  const size = Math.ceil(count / Math.ceil(count / most));
  const directions = kind === 'around' ? path.directions[Symbol.iterator]() : undefined;
  for (let from = 0; from < count; from += size) {
    const weights = Array.from(path.weights).slice(from, from + size);
    yield kind === 'between'
      ? {
          ...{ kind, origin, weights, directions: [path.direction] },
          along: Array.from(path.along).slice(from, from + size),
        }
      : {
          ...{ kind, origin, weights, along: [path.distance] },
          directions: weights.map(() => directions!.next().value),
        };
  }
}

async function summed(task: ExplainTask, score: Score, points: Points): Promise<Float32Array> {
  const { kind, origin, directions, along, weights } = points;
  const session = await task.session.load(kind, true);
  const { input, maskInput } = task.model;
  const { [input.name]: x } = rowFeeds({ input }, [origin], task.prepared[0]!.steps);
  const { [input.name]: direction } = rowFeeds(
    { input },
    directions.map((one) => ({ x: one, mask: origin.mask })),
    task.prepared[0]!.steps,
  );
  const all = new Array<MaskedSeries>(weights.length).fill(origin);
  const masks: Tensors = maskInput ? { [maskInput]: modelFeeds(task, all)[maskInput]! } : {};
  const row = (values: ArrayLike<number>): Tensor => float32([1, values.length], Float32Array.from(values));
  const { attribution_map } = await runOnce(task, session, {
    ...masks,
    [input.name]: x!,
    attribution_direction: direction!,
    attribution_along: row(along),
    attribution_weights: row(weights),
    ...targetFeeds(new Array(weights.length).fill(score), true),
  });
  return attribution_map!.data as Float32Array;
}

/** Every point as a row of its own: for models that take a fixed number of instances, or float64. */
async function oneByOne(task: ExplainTask, score: Score, points: Points): Promise<Float32Array[]> {
  const { origin, directions, along, weights } = points;
  const rows = weights.map((_, s) => {
    const [direction, a] = [directions[s] ?? directions[0]!, along[s] ?? along[0]!];
    return { x: origin.x.map((value, i) => value + a * direction[i]!), mask: origin.mask };
  });
  const feeds = { ...modelFeeds(task, rows), ...targetFeeds(new Array(rows.length).fill(score), true) };
  const { attribution_map } = await runRows(task, await task.session.load('gradient', true), feeds);
  return weights.map((weight, s) => rowOf(attribution_map!, s).map((value) => value * weight));
}
