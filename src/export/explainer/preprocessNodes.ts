import { int } from '../../graph/attributes.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { InputLayout } from '../../graph/inputLayout.ts';
import { tensor } from '../../graph/tensor.ts';
import type { ReadyStep, Statistics } from '../../preprocess/step.ts';
import { Refusal } from '../../refusal.ts';

interface PreparedInput {
  readonly layout: InputLayout;
  readonly dtype: 'float32' | 'float64';
  readonly features: number;
  readonly steps: number;
  /** Names of the features in the model's order, where they are known. */
  readonly names?: readonly string[];
}

const FLOAT = { float32: 1, float64: 11 } as const;

/**
 * Appends the steps of attribution.json, in float64 as the extension does them: standardising, and the padding's value
 * on every step that is not real, whatever the series holds there.
 * @param series float64, in the order of axes of the model's input
 * @param mask float32 [N, T] 1 on real steps
 * @returns the model's input
 * @throws Refusal `not-in-graph` for a step that is not a matter of one instance at its full length
 */
export function preprocessNodes(
  builder: GraphBuilder,
  series: string,
  mask: string,
  input: PreparedInput,
  steps: readonly ReadyStep[],
): string {
  const axes = { ...input, builder };
  const real = onAxes(axes, builder.add('Cast', [mask], { to: int(9) }));
  let x = series;
  for (const step of steps) {
    if (step.kind === 'pad') {
      refuseOtherLength('pad', step.to, input.steps);
      if (step.value === 'edge') throw notInGraph('pads with the last real value of each series');
      x = padded(builder, x, real, step.value);
    } else if (step.kind === 'resample') {
      throw notInGraph('resamples each series from its own length');
    } else if (step.kind === 'truncate') {
      refuseOtherLength('truncate', step.to, input.steps);
    } else if (step.by === 'instance') {
      x = standardisedByItself(axes, x, real, builder.add('Cast', [mask], { to: int(FLOAT.float64) }));
    } else {
      x = standardised(axes, x, step);
    }
  }
  if (!steps.some(({ kind }) => kind === 'pad')) x = padded(builder, x, real, 0);
  return builder.add('Cast', [x], { to: int(FLOAT[input.dtype]) });
}

interface Axes extends PreparedInput {
  readonly builder: GraphBuilder;
}

function padded(builder: GraphBuilder, x: string, real: string, value: number): string {
  return builder.add('Where', [
    real,
    x,
    builder.constant(tensor('float64', [], Float64Array.of(value)), 'padding'),
  ]);
}

function standardised(axes: Axes, x: string, statistics: Statistics): string {
  const { mean, std } = inOrder(axes, statistics);
  const centred = axes.builder.add('Sub', [x, perFeature(axes, mean)]);
  // A feature that never changes is only centred.
  return axes.builder.add('Div', [
    centred,
    perFeature(
      axes,
      std.map((value) => value || 1),
    ),
  ]);
}

/** Population statistics of the real steps, in two passes. A feature that never changes is 0 on all of them. */
function standardisedByItself(axes: Axes, x: string, real: string, mask: string): string {
  const { builder, layout } = axes;
  const time = [layout.indexOf('T')];
  const scalar = (value: number) => builder.constant(tensor('float64', [], Float64Array.of(value)), 'scalar');
  const known = builder.add('Where', [real, x, scalar(0)]);
  const count = onAxes(axes, mask);
  const total = builder.reduce('ReduceSum', count, time, true);
  const real1 = builder.add('Max', [total, scalar(1)]);
  const mean = builder.add('Div', [builder.reduce('ReduceSum', known, time, true), real1]);
  const apart = builder.add('Where', [real, builder.add('Sub', [x, mean]), scalar(0)]);
  const variance = builder.add('Div', [
    builder.reduce('ReduceSum', builder.add('Mul', [apart, apart]), time, true),
    real1,
  ]);
  const widest = (op: 'ReduceMax' | 'ReduceMin', else_: number) =>
    builder.reduce(op, builder.add('Where', [real, x, scalar(else_)]), time, true);
  const span = builder.add('Sub', [widest('ReduceMax', -1e308), widest('ReduceMin', 1e308)]);
  const changes = builder.add('Greater', [span, scalar(0)]);
  const std = builder.add('Where', [changes, builder.add('Sqrt', [variance]), scalar(1)]);
  return builder.add('Where', [changes, builder.add('Div', [apart, std]), scalar(0)]);
}

/** [F] numbers along the axis of features. */
function perFeature({ builder, layout, features }: Axes, values: readonly number[]): string {
  const dims = [...layout].map((axis) => (axis === 'F' ? features : 1));
  return builder.constant(tensor('float64', dims, Float64Array.from(values)), 'perFeature');
}

/** [N, T] along the axes of instances and steps. */
function onAxes({ builder, layout, steps }: Axes, values: string): string {
  return builder.reshape(
    values,
    [...layout].map((axis) => (axis === 'N' ? -1 : axis === 'T' ? steps : 1)),
  );
}

function inOrder({ features, names }: Axes, { mean, std, features: order }: Statistics): Statistics {
  const places = order && names ? names.map((name) => order.indexOf(name)) : mean.map((_, i) => i);
  if (places.length !== features || mean.length !== std.length || places.some((at) => !(at in mean))) {
    throw new Refusal(
      'statistics-count',
      `"standardize" has numbers for ${mean.length} features, the model takes ${features}; give one mean and std per feature, in the model's order.`,
    );
  }
  return { mean: places.map((at) => mean[at]!), std: places.map((at) => std[at]!) };
}

function refuseOtherLength(what: string, to: number | null, steps: number): void {
  if (to === null || to === steps) return;
  throw new Refusal(
    'not-in-graph',
    `"${what}" to ${to} steps cannot be part of the graph, whose input has ${steps}; do it before, or leave "to" out.`,
  );
}

function notInGraph(what: string): Refusal {
  return new Refusal(
    'not-in-graph',
    `The preprocessing ${what}, which cannot be part of the graph; do it before, and export the graph without "preprocess".`,
  );
}
