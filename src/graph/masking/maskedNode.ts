import { intOf, textOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { keepsZero } from '../keepsZero.ts';
import { positiveAxis } from '../positiveAxis.ts';
import { hidesTime, type Track } from '../receptive/track.ts';
import { float32 } from '../tensor.ts';
import { endRealStep, picksEndStep } from './endStep.ts';
import { leak } from './leak.ts';
import { canSkipPadding, maskedRecurrence } from './maskedRecurrence.ts';
import type { Masking } from './masking.ts';
import { hasTime } from './positionMask.ts';

/** State or statistics over time: multiplying by a mask does not keep padding out of them. */
const LEAKS = new Set([
  'LSTM',
  'GRU',
  'RNN',
  'InstanceNormalization',
  'GroupNormalization',
  'MeanVarianceNormalization',
  'Loop',
  'Scan',
  'Attention',
]);
/** Where these read 0, as the mask leaves it on padding, they or their gradients are infinite: they read 1 there. */
export const NOT_AT_ZERO: Readonly<Record<string, readonly number[]>> = {
  Acosh: [0],
  Div: [1],
  Log: [0],
  LpNormalization: [0],
  Mod: [1],
  Pow: [0],
  Reciprocal: [0],
  ReduceL2: [0],
  Sqrt: [0],
};
const MEANS = new Set(['GlobalAveragePool', 'ReduceMean']);
/** Normalise along an axis, and from an axis to the last; they leak where that is time. */
const ALONG_AXIS = ['Softmax', 'LogSoftmax'];
const FROM_AXIS = ['LayerNormalization', 'RMSNormalization'];
/** Of two activations over time they read every position, padding as well (attention). */
const PRODUCTS = ['MatMul', 'Einsum'];
/** Loses every comparison for the largest, HIGHEST that for the smallest; both are still finite float32. */
const LOWEST = -3.4e38;
const HIGHEST = 3.4e38;
/** What these read on padding, so that it is never what they take: 0 may be. */
const NEVER_TAKEN: Readonly<Record<string, number>> = {
  ...{ MaxPool: LOWEST, GlobalMaxPool: LOWEST, ReduceMax: LOWEST, ReduceLogSumExp: LOWEST },
  ...{ ArgMax: LOWEST, ArgMin: HIGHEST, Hardmax: LOWEST, ReduceMin: HIGHEST, ReduceProd: 1, TopK: LOWEST },
};

/** Operators that are not simply multiplied by the mask: refused, turned, fed something else, or looked at closer. */
export const masksByName: readonly string[] = [
  ...[...LEAKS, ...MEANS, ...Object.keys(NOT_AT_ZERO), ...Object.keys(NEVER_TAKEN)],
  ...['AveragePool', ...ALONG_AXIS, ...FROM_AXIS, ...PRODUCTS],
];

/** Writes one node of the model and whatever keeps padding out of its outputs. */
export function maskedNode(node: GraphNode, masking: Masking): void {
  masking.writer.metadata = node.metadata;
  const read = node.inputs.map((name) => masking.tracks(name));
  const merged = LEAKS.has(node.op) ? read.find((track) => track && hidesTime(track)) : undefined;
  if (merged) refuseLeaks(node, merged, masking);
  const from = read.find(hasTime);
  const into = node.outputs.map((name) => masking.tracks(name));
  if (from === undefined) {
    masking.writer.nodes.push(node);
    return;
  }
  const first = masking.tracks(node.inputs[0] ?? '');
  if (hasTime(first) && canSkipPadding(node, first, masking.opset)) {
    maskedRecurrence(node, first, masking);
    return;
  }
  const picked = hasTime(first) && picksEndStep(node, first, masking);
  if (picked) {
    endRealStep(node, first, picked, masking.opset, masking);
    return;
  }
  refuseLeaks(node, from, masking);
  if (node.op === 'AveragePool' && !intOf(node, 'count_include_pad')) averagePool(node, from, masking);
  else if (MEANS.has(node.op) && !into.some(hasTime)) pooledMean(node, from, masking);
  else
    multiplied(
      Object.hasOwn(NEVER_TAKEN, node.op)
        ? withoutPadding(node, from, masking)
        : awayFromZero(node, from, masking),
      masking,
    );
}

/** The node reading 1 on padding where it must not read 0. */
function awayFromZero(
  node: GraphNode,
  from: Track,
  { writer, masks, tracks, notFloats }: Masking,
): GraphNode {
  // A norm over time counts what padding reads: there 0 it is, and its slope is finite where any step is real.
  const overSteps =
    node.op === 'ReduceL2'
      ? !hasTime(tracks(node.outputs[0]!))
      : node.op === 'LpNormalization' && overTime(node, from);
  const risky = overSteps ? [] : (NOT_AT_ZERO[node.op] ?? []);
  const inputs = node.inputs.map((name, index) => {
    const track = tracks(name);
    if (!risky.includes(index) || !hasTime(track) || notFloats.has(name)) return name;
    const real = writer.add('Greater', [masks.like(track, name), writer.constant(float32([], [0]))]);
    return writer.add('Where', [real, name, writer.constant(float32([], [1]))]);
  });
  return { ...node, inputs };
}

/** The node, and its outputs along time multiplied by their masks where it may have put something on padding. */
function multiplied(node: GraphNode, { writer, masks, tracks, notFloats }: Masking): void {
  const timed = node.outputs.map((name) => {
    const track = tracks(name);
    return hasTime(track) && !notFloats.has(name) ? track : null;
  });
  const clean = keepsZero(node) && !node.inputs.some((name) => notFloats.has(name));
  const raw = node.outputs.map((name, i) => (timed[i] && !clean ? writer.name(node.op) : name));
  writer.nodes.push({ ...node, outputs: raw });
  raw.forEach((name, i) => {
    if (name !== node.outputs[i])
      writer.add('Mul', [name, masks.like(timed[i]!, name, node.outputs[i])], {}, node.outputs[i]);
  });
}

function refuseLeaks(node: GraphNode, track: Track, { tracks }: Masking): void {
  const timed = node.inputs.filter((name) => hasTime(tracks(name)));
  const mixes = PRODUCTS.includes(node.op) && timed.length > 1;
  const normalisesTime = [...ALONG_AXIS, ...FROM_AXIS].includes(node.op) && overTime(node, track);
  if (!LEAKS.has(node.op) && !normalisesTime && !mixes) return;
  throw leak(node, track);
}

function overTime(node: GraphNode, { roles }: Track): boolean {
  const axis = intOf(node, 'axis') ?? -1;
  const at = positiveAxis(axis, roles.length);
  return FROM_AXIS.includes(node.op) ? roles.indexOf('time') >= at : roles[at] === 'time';
}

/** The node reading on padding what it never takes. */
function withoutPadding(node: GraphNode, track: Track, { writer, masks, notFloats }: Masking): GraphNode {
  const [input, ...others] = node.inputs as [string, ...string[]];
  if (notFloats.has(input)) return node;
  const smallest = node.op === 'TopK' && intOf(node, 'largest') === 0;
  const value = smallest ? HIGHEST : NEVER_TAKEN[node.op]!;
  const real = writer.add('Greater', [masks.like(track, input), writer.constant(float32([], [0]))]);
  const read = writer.add('Where', [real, input, writer.constant(float32([], [value]))]);
  return { ...node, inputs: [read, ...others] };
}

/** A mean over all positions becomes the mean over the real ones. */
function pooledMean(node: GraphNode, track: Track, { writer, masks, tracks }: Masking): void {
  const [output] = node.outputs;
  const mean = writer.name(node.op);
  writer.nodes.push({ ...node, outputs: [mean] });
  const roles = tracks(output!)?.roles ?? track.roles;
  const correction = roles.includes('batch')
    ? masks.correction(track, node.inputs[0]!, roles.indexOf('batch'), roles.length)
    : masks.correctionOfAll(track, node.inputs[0]!);
  writer.add('Mul', [mean, correction], {}, output);
}

/** Windows at the edge of the series average their real steps only, as they do at the edge of a shorter input. */
function averagePool(node: GraphNode, track: Track, { writer, masks, tracks }: Masking): void {
  if (textOf(node, 'auto_pad') === 'VALID') {
    writer.nodes.push(node);
    return;
  }
  const [output] = node.outputs;
  const shape = writer.add('Shape', [node.inputs[0]!]);
  const ones = writer.add('Expand', [masks.like(track, node.inputs[0]!), shape]);
  const mean = writer.add('AveragePool', node.inputs, node.attributes);
  const share = writer.add('AveragePool', [ones], node.attributes);
  // Windows without any real step divide by 1: their mean is 0 already.
  const empty = writer.add(
    'Cast',
    [writer.add('Not', [writer.add('Cast', [share], { to: { kind: 'int', value: 9 } })])],
    {
      to: { kind: 'int', value: 1 },
    },
  );
  const pooled = writer.add('Div', [mean, writer.add('Add', [share, empty])]);
  const into = tracks(output!);
  if (hasTime(into)) writer.add('Mul', [pooled, masks.like(into, pooled, output)], {}, output);
  else writer.add('Identity', [pooled], {}, output);
}
