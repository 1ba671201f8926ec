import type { Answers, Asker } from '../attribution/asker.ts';
import type { ChannelUnits } from '../padding/refill.ts';
import type { InputShape, MaskedSeries } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import { type Cells, cellsOf, type RankedBy, type Scope } from './cells.ts';
import { type Curve, cellCount, SHARES } from './curve.ts';
import type { ExplainedCase } from './explainedCase.ts';
import { highestFirst } from './order.ts';
import { type CellReplacement, replacing } from './replacement.ts';

/** How one set of curves is made. */
export interface RemovalPlan {
  readonly replacement: CellReplacement;
  readonly scope: Scope;
  readonly ranking: RankedBy;
  /** Random orders per instance to compare with. */
  readonly orders: number;
}

/** The curves of one instance. */
export interface InstanceCurves {
  /** Cells there are. */
  readonly cells: number;
  /** Taking away the highest first; at share s, s of the cells are gone. */
  readonly deletion: Curve;
  /** Putting back the highest first, from all cells gone; at share s, s of the cells are there. */
  readonly insertion: Curve;
  /** Taking away in random order. Putting back in the reversed order passes through the same series. */
  readonly random: readonly Curve[];
}

/**
 * Deletion and insertion (Petsiuk et al. 2018, RISE; Samek et al. 2017 as pixel flipping) with a random-order control.
 */
export async function removalCurves(
  cases: readonly ExplainedCase[],
  shape: InputShape,
  units: Pick<ChannelUnits, 'mean' | 'sd'>,
  plan: RemovalPlan,
  ask: Asker['ask'],
  random: Random,
): Promise<InstanceCurves[]> {
  const curves: InstanceCurves[] = [];
  const perCase = shape.features * shape.steps * (plan.orders + 2);
  const together = Math.max(1, Math.floor(MOST_PLACES / perCase));
  for (let from = 0; from < cases.length; from += together) {
    const some = cases.slice(from, from + together);
    curves.push(
      ...(await curvesOf(
        some.map((one) => jobOf(one, shape, units, plan, random)),
        (series) => ask(series, shape.steps),
      )),
    );
  }
  return curves;
}

/** Places in orders that are held at once; bounds the memory of long series. */
const MOST_PLACES = 4e6;

async function curvesOf(
  jobs: readonly Job[],
  ask: (series: Iterable<MaskedSeries>) => Promise<Answers>,
): Promise<InstanceCurves[]> {
  const answers = await ask(inputsOf(jobs));
  let at = 0;
  return jobs.map((job) => {
    const { target, probability, logit } = job.one;
    const series = (index: number) => ({
      probability: answers.probabilities[index * answers.classes + target]!,
      logit: answers.logits[index * answers.classes + target]!,
    });
    const gone = series(at++);
    const curves = job.orders.map((order, k) => {
      const seen = new Map([
        [0, { probability, logit }],
        [order.length, gone],
      ]);
      for (const count of countsOf(order.length, job.reversed(k))) seen.set(count, series(at++));
      return curveOf((share) => seen.get(removedAt(share, order.length, job.reversed(k)))!);
    });
    const [deletion, insertion, ...others] = curves;
    return { cells: job.cells.scores.length, deletion: deletion!, insertion: insertion!, random: others };
  });
}

interface Job {
  readonly one: ExplainedCase;
  readonly cells: Cells;
  /** In which cells go: the highest first, the lowest first, and at random. */
  readonly orders: readonly Int32Array[];
  /** The order is that of an insertion: its shares are of cells that are there. */
  reversed(order: number): boolean;
  /** [F, T] with the first `count` cells of an order gone. */
  without(order: Int32Array, count: number): Float32Array;
}

function jobOf(
  one: ExplainedCase,
  shape: InputShape,
  units: Pick<ChannelUnits, 'mean' | 'sd'>,
  { replacement, scope, ranking, orders }: RemovalPlan,
  random: Random,
): Job {
  const cells = cellsOf(one.map, shape.features, one.mask, scope, ranking);
  const replace = replacing(replacement, one, shape, units, scope, random);
  const highest = highestFirst(cells.scores, random);
  const shuffled = Array.from({ length: orders }, () => random.permutation(cells.scores.length));
  return {
    one,
    cells,
    orders: [highest, highest.toReversed(), ...shuffled],
    reversed: (order) => order === 1,
    without(order, count) {
      const removed = new Uint8Array(shape.features * shape.steps);
      for (let k = 0; k < count; k++) mark(removed, cells, order[k]!, shape);
      return replace(removed);
    },
  };
}

function mark(removed: Uint8Array, { feature, step }: Cells, cell: number, { features, steps }: InputShape) {
  if (feature[cell]! >= 0) removed[feature[cell]! * steps + step[cell]!] = 1;
  else for (let f = 0; f < features; f++) removed[f * steps + step[cell]!] = 1;
}

function* inputsOf(jobs: readonly Job[]): Generator<MaskedSeries> {
  for (const job of jobs) {
    const { mask } = job.one;
    yield { x: job.without(job.orders[0]!, job.cells.scores.length), mask };
    for (const [k, order] of job.orders.entries()) {
      for (const count of countsOf(order.length, job.reversed(k))) {
        yield { x: job.without(order, count), mask };
      }
    }
  }
}

/** Numbers of removed cells that have to be asked: what is untouched is known, what is all gone is shared. */
function countsOf(n: number, reversed: boolean): number[] {
  const counts = new Set(SHARES.map((share) => removedAt(share, n, reversed)));
  counts.delete(0);
  counts.delete(n);
  return [...counts].sort((a, b) => a - b);
}

function removedAt(share: number, n: number, reversed: boolean): number {
  return reversed ? n - cellCount(share, n) : cellCount(share, n);
}

function curveOf(at: (share: number) => { probability: number; logit: number }): Curve {
  const points = SHARES.map(at);
  return {
    probability: Float64Array.from(points, (point) => point.probability),
    logit: Float64Array.from(points, (point) => point.logit),
  };
}
