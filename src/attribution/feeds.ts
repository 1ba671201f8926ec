import { listed } from '../format.ts';
import type { LoadedGraph, Tensors } from '../graph/runtime.ts';
import { float32, int64, type Tensor } from '../graph/tensor.ts';
import type { MaskedSeries } from '../preprocess/case.ts';
import { Refusal } from '../refusal.ts';
import { runInBatches } from '../runtime/runInBatches.ts';
import type { ExplainTask } from './explainTask.ts';
import { modelFeed } from './modelFeed.ts';
import type { Score, Target } from './score.ts';
import { positionZones } from './zones.ts';

/** The model's own inputs for these rows. */
export function modelFeeds({ model, prepared }: ExplainTask, rows: readonly MaskedSeries[]): Tensors {
  return rowFeeds(model, rows, prepared[0]!.steps);
}

/** The inputs of a classifier for series [F, steps]; one that takes no mask is told of none. */
export function rowFeeds(
  model: Pick<ExplainTask['model'], 'input' | 'maskInput'>,
  rows: readonly MaskedSeries[],
  steps: number,
): Tensors {
  const { name, features, layout, dtype } = model.input;
  const series = rows.map(({ x }) => x);
  return {
    [name]: modelFeed(series, features, steps, layout, dtype),
    ...(model.maskInput && { [model.maskInput]: stepMask(rows.map(({ mask }) => mask)) }),
  };
}

/** The inputs that say whose score is explained. */
export function targetFeeds(targets: readonly (Target | Score)[], contrast: boolean): Tensors {
  const all = (of: (target: Target | Score) => number) => int64([targets.length], targets.map(of));
  const sign = (target: Target | Score) => ('sign' in target ? target.sign : target.negative ? -1 : 1);
  return {
    attribution_target: all(({ target }) => target),
    ...(contrast && {
      attribution_against: all(({ against }) => against ?? -2),
      attribution_sign: float32([targets.length], Float32Array.from(targets, sign)),
    }),
  };
}

/** [N, P] 1 at the layer's REAL positions. */
export function realPositions({ layer }: ExplainTask, rows: readonly MaskedSeries[]): Tensor {
  const values = rows.map(({ mask }) => realOf(layer, mask));
  const flat = Float32Array.from(values.flatMap((each) => [...each]));
  return float32([values.length, layer.positions.length], flat);
}

/** [P] 1 at REAL positions. */
export function realOf(layer: ExplainTask['layer'], mask: Uint8Array): Uint8Array {
  return Uint8Array.from(positionZones(layer, mask), (zone) => (zone === 'REAL' ? 1 : 0));
}

/** [N, T] 1 on real steps. */
export function stepMask(masks: readonly Uint8Array[]): Tensor {
  const steps = masks[0]!.length;
  const values = new Float32Array(masks.length * steps);
  for (const [n, mask] of masks.entries()) values.set(mask, n * steps);
  return float32([masks.length, steps], values);
}

/** One run of feeds that need not be of the same number of instances; lets a cancel be heard before it. */
export async function runOnce(
  { signal }: ExplainTask,
  session: LoadedGraph,
  feeds: Tensors,
  outputs?: readonly string[],
): Promise<Tensors> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  return session.run(feeds, outputs);
}

/** One run, in the batches the model takes; lets a cancel be heard before it. */
export async function runRows(
  task: ExplainTask,
  session: LoadedGraph,
  feeds: Tensors,
  outputs?: readonly string[],
): Promise<Tensors> {
  const { batch } = task.model.input;
  if (batch === null) return runOnce(task, session, feeds, outputs);
  await new Promise((resolve) => setImmediate(resolve));
  task.signal?.throwIfAborted();
  return runInBatches(session, feeds, { kind: 'fixed', size: batch }, outputs);
}

/**
 * Values of one row, axis 0 being the rows.
 * @returns [P…] of the source’s [N, P…]
 */
export function rowOf(source: Tensor, n: number): Float32Array {
  const width = source.data.length / source.dims[0]!;
  return (source.data as Float32Array).slice(n * width, (n + 1) * width);
}

/**
 * @param logits [C]
 * @throws Refusal `not-finite`
 */
export function mustBeFinite(instance: string, logits: Float32Array, maps: readonly Float32Array[]): void {
  const answered = allFinite(logits);
  if (answered && maps.every(allFinite)) return;
  const what = answered
    ? `The map of instance ${instance} holds values`
    : `The model answers instance ${instance} with logits (${listed([...logits].map(String))})`;
  const cause = answered
    ? 'an operator behind the layer may have an infinite slope there, as a root, a logarithm, a quotient or a fractional power has at 0 (a small constant inside it helps), or values are very large; choose another method or layer'
    : 'look for blank, infinite or very large values in its input, and for weights that are no numbers in the model';
  throw new Refusal('not-finite', `${what} that are not finite numbers; ${cause}.`);
}

function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
