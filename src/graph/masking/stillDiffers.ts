import { createRandom } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import type { Classifier } from '../classifier.ts';
import type { Graph } from '../graph.ts';
import { findModules } from '../modulePaths.ts';
import { moduleCalled } from '../nodeCalled.ts';
import type { LoadedGraph, Runtime, Tensors } from '../runtime.ts';
import { elementCount, float32, numbers } from '../tensor.ts';
import { MASK_INPUT } from './positionMask.ts';

type Given = Pick<Classifier, 'graph' | 'input' | 'shapes' | 'logits'>;

/** Shares of the steps that are real. A window as long as the series may see none of half of it. */
const REAL = [0.5, 0.8];
const SERIES = 2;
/** Of the largest value: nearer, values are one. */
const LEAST = 1e-6;

/**
 * A mask may hide all that an answer is read from: that a mask can be laid over every layer does not tell. Some series of
 * noise are put to the masked model, padded at the end, and without padding to the model itself.
 * @param open the masked model where it is loaded already, which stays so
 * @throws Refusal `cannot-mask` where it answers the same to all of them and the model itself does not
 */
export async function mustStillDiffer(
  plain: Given,
  masked: Graph,
  runtime: Runtime,
  open?: Pick<LoadedGraph, 'run'>,
): Promise<void> {
  const { logits, graph } = plain;
  const asked = REAL.map((share) => padded(plain, share));
  const whole = padded(plain, 1);
  try {
    const told = (runs: readonly Tensors[]) =>
      open ? differing(open, masked, [logits], runs) : tellingApart(runtime, masked, [logits], runs);
    for (const runs of asked) if ((await told(runs)).size > 0) return;
    if ((await tellingApart(runtime, graph, [logits], whole)).size === 0) return;
  } catch (reason) {
    // A model of codes or counts takes no noise: nothing is shown then.
    if (reason instanceof Refusal) return;
    throw reason;
  }
  const kept = new Set(masked.nodes.flatMap(({ outputs }) => outputs));
  const nodes = graph.nodes.filter(({ outputs: [name] }) => name && kept.has(name));
  const names = nodes.map(({ outputs }) => outputs[0]!);
  const before = await tellingApart(runtime, graph, names, whole);
  const after = await tellingApart(runtime, masked, names, asked.at(-1)!);
  const where = nodes.find(({ outputs: [name] }) => before.has(name!) && !after.has(name!));
  const at = where ? `, from "${moduleCalled(where, findModules(graph).scopes)}" on` : '';
  throw new Refusal(
    'cannot-mask',
    `With every layer masked the model answers the same whatever the series is${at}: what it reads its answer from lies where the mask is 0.`,
  );
}

/** Which of the tensors differ between runs. */
async function tellingApart(
  runtime: Runtime,
  graph: Graph,
  names: readonly string[],
  runs: readonly Tensors[],
): Promise<Set<string>> {
  const outputs = names.map((name) => ({ name, dtype: null, dims: [] }));
  const session = await runtime.load({ ...graph, outputs });
  try {
    return await differing(session, graph, names, runs);
  } finally {
    await session.dispose();
  }
}

async function differing(
  session: Pick<LoadedGraph, 'run'>,
  graph: Graph,
  names: readonly string[],
  runs: readonly Tensors[],
): Promise<Set<string>> {
  const rows = new Map<string, number[][]>();
  for (const feeds of runs) {
    const found = await session.run(feedsOf(graph, feeds));
    for (const name of names) rows.set(name, [...(rows.get(name) ?? []), numbers(found[name]!)]);
  }
  return new Set([...rows].flatMap(([name, values]) => (areApart(values) ? [name] : [])));
}

/** @param rows of one tensor, a run each */
function areApart(rows: readonly (readonly number[])[]): boolean {
  const [first, ...others] = rows;
  const largest = Math.max(...first!.map(Math.abs), Number.MIN_VALUE);
  return others.some((row) => row.some((value, i) => Math.abs(value - first![i]!) > LEAST * largest));
}

/** The plain model may take no mask. */
function feedsOf({ inputs }: Graph, feeds: Tensors): Tensors {
  return Object.fromEntries(inputs.flatMap(({ name }) => (feeds[name] ? [[name, feeds[name]]] : [])));
}

/** Runs of one series each, in every row of the batch. */
function padded({ input, shapes }: Given, share: number): Tensors[] {
  const dims = shapes.dims(input.name)!.map((dim, axis) => (axis === 0 ? (input.batch ?? 1) : dim));
  const [batch, time] = [dims[0]!, input.layout.indexOf('T')];
  const steps = dims[time]!;
  const length = Math.max(1, Math.round(share * steps));
  const after = elementCount(dims.slice(time + 1));
  const mask = Float32Array.from({ length: batch * steps }, (_, i) => (i % steps < length ? 1 : 0));
  return Array.from({ length: SERIES }, (_, k) => {
    const random = createRandom(k + 1);
    const x = Float32Array.from({ length: elementCount(dims) }, (__, i) =>
      Math.floor(i / after) % steps < length ? random.normal() : 0,
    );
    return { [input.name]: float32(dims, x), [MASK_INPUT]: float32([batch, steps], mask) };
  });
}
