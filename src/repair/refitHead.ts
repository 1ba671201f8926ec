import { rowFeeds } from '../attribution/feeds.ts';
import { anyOutput } from '../graph/cutGraph.ts';
import type { Graph } from '../graph/graph.ts';
import { rowsPerRun } from '../graph/rowsPerRun.ts';
import { createRandom } from '../random.ts';
import { Refusal } from '../refusal.ts';
import { inGroups } from '../runtime/inGroups.ts';
import { runInBatches } from '../runtime/runInBatches.ts';
import { type LinearClassifier, logisticRegression } from '../training/logisticRegression.ts';
import type { TrainingSeries } from '../training/series.ts';
import { lastLinear } from './lastLinear.ts';
import type { Patient, Repaired, RepairOptions } from './patient.ts';

/** Candidates for λ on standardised features; the one that answers best for held-out folds is taken. */
const RIDGES = [1e-1, 1e-2, 1e-3, 1e-4];
const FOLDS = 5;
/** Of more, as many are enough to choose λ on, and this near its optimum. */
const [MOST_ROWS, NEAR] = [1000, 1e-3];
const MOST_PER_RUN = 32;

/**
 * The model with its last linear layer fitted anew on masked features: convex, no gradient through the network.
 * @throws Refusal `cannot-repair` where the model does not end in a linear layer
 */
export async function refitHead(
  patient: Patient,
  series: readonly TrainingSeries[],
  { seed, signal }: Pick<RepairOptions, 'seed' | 'signal'>,
): Promise<Repaired> {
  const { model } = patient;
  const head = lastLinear(model);
  if (typeof head === 'string') throw new Refusal('cannot-repair', head);
  if (model.outputIs === 'sigmoid' && head.outputs > 1) {
    throw new Refusal(
      'cannot-repair',
      'The model gives every class a sigmoid of its own, which is no choice of one class; its last layer is not refitted.',
    );
  }
  const features = await featuresOf(patient, series, head.features, signal);
  const scaled = standardised(features, head.width);
  const labels = series.map(({ label }) => label);
  const { classes } = model;
  const ridge = await bestRidge(scaled.rows, labels, classes, seed, signal);
  const fitted = logisticRegression(scaled.rows, labels, { classes, ridge });
  const unscaled = inRawUnits(fitted, scaled, head.width);
  const found = head.outputs === 1 ? asOneOutput(unscaled, head.width) : unscaled;
  const onto = (graph: Graph) => head.with(graph, found);
  return { graph: onto(model.graph), onto };
}

/** [n, D] of the masked model. */
async function featuresOf(
  { model, runtime, shape }: Patient,
  series: readonly TrainingSeries[],
  tensor: string,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const session = await runtime.load({
    ...model.graph,
    outputs: [anyOutput(tensor)],
  });
  const { batch } = model.input;
  const size = batch ?? rowsPerRun(model, MOST_PER_RUN);
  const kind = batch === null ? 'upTo' : 'fixed';
  let rows: Float32Array | undefined;
  try {
    await inGroups(series, size, async (group, before) => {
      signal?.throwIfAborted();
      const { [tensor]: found } = await runInBatches(
        session,
        rowFeeds(model, group, shape.steps),
        { kind, size },
        [tensor],
      );
      const width = found!.data.length / group.length;
      rows ??= new Float32Array(series.length * width);
      rows.set(found!.data as Float32Array, before * width);
    });
  } finally {
    await session.dispose();
  }
  return rows ?? new Float32Array();
}

/** Each feature with mean 0 and deviation 1, so that one λ fits all; a constant one stays 0. */
interface Scaled {
  readonly rows: Float32Array;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function standardised(rows: Float32Array, width: number): Scaled {
  const n = rows.length / width;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width]! += rows[i]! / n;
  for (let i = 0; i < rows.length; i++) deviation[i % width]! += (rows[i]! - mean[i % width]!) ** 2 / n;
  for (let d = 0; d < width; d++) deviation[d] = Math.sqrt(deviation[d]!) || 1;
  return { rows: rows.map((x, i) => (x - mean[i % width]!) / deviation[i % width]!), mean, deviation };
}

/** The λ whose answers for held-out folds have the least cross-entropy. */
async function bestRidge(
  rows: Float32Array,
  labels: readonly number[],
  classes: number,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const width = rows.length / labels.length;
  const order = createRandom(seed).permutation(labels.length).subarray(0, MOST_ROWS);
  const losses = RIDGES.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const [seen, held] = [
      order.filter((_, i) => i % FOLDS !== fold),
      order.filter((_, i) => i % FOLDS === fold),
    ];
    if (seen.length === 0 || held.length === 0) continue;
    const some = take(rows, width, seen);
    const own = Array.from(seen, (i) => labels[i]!);
    let start: LinearClassifier | undefined;
    for (const [k, ridge] of RIDGES.entries()) {
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
      // From the smoothest on, each from where the one before it ended.
      start = logisticRegression(some, own, { classes, ridge, start, tolerance: NEAR });
      for (const i of held)
        losses[k]! -= logProbability(start, rows.subarray(i * width, (i + 1) * width), labels[i]!, classes);
    }
  }
  return RIDGES[losses.indexOf(Math.min(...losses))]!;
}

function take(rows: Float32Array, width: number, indices: Int32Array): Float32Array {
  const some = new Float32Array(indices.length * width);
  indices.forEach((i, k) => {
    some.set(rows.subarray(i * width, (i + 1) * width), k * width);
  });
  return some;
}

function logProbability(
  { weights, bias }: LinearClassifier,
  row: Float32Array,
  label: number,
  classes: number,
): number {
  const width = row.length;
  const logits = Array.from({ length: classes }, (_, c) =>
    row.reduce((sum, x, d) => sum + x * weights[c * width + d]!, bias[c]!),
  );
  const highest = Math.max(...logits);
  return logits[label]! - highest - Math.log(logits.reduce((sum, z) => sum + Math.exp(z - highest), 0));
}

function inRawUnits(
  { weights, bias }: LinearClassifier,
  { mean, deviation }: Scaled,
  width: number,
): LinearClassifier {
  const raw = weights.map((w, k) => w / deviation[k % width]!);
  const shift = bias.map((b, c) => b - mean.reduce((sum, m, d) => sum + m * raw[c * width + d]!, 0));
  return { weights: raw, bias: shift };
}

/** Of two classes: σ(z) of z = z₁ − z₀. */
function asOneOutput({ weights, bias }: LinearClassifier, width: number): LinearClassifier {
  return {
    weights: Float64Array.from({ length: width }, (_, d) => weights[width + d]! - weights[d]!),
    bias: Float64Array.of(bias[1]! - bias[0]!),
  };
}
