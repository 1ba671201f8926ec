import { isOutside, type LayerPositions, oneToOne } from '../../attribution/layerPositions.ts';
import { placementOf } from '../../attribution/placement.ts';
import { int } from '../../graph/attributes.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { float32, int64 } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';

/** Tensors of `zonesOf`, worked out in the graph. */
interface ZoneNodes {
  /** [N, P] 1 at REAL positions. */
  readonly real: string;
  /** [N, P] 1 at MIXED positions. */
  readonly mixed: string;
  /** [N, P] 1 at EMPTY positions. */
  readonly empty: string;
}

/**
 * Appends the zones of a layer's positions.
 * @param mask float32 [N, T] 1 on real steps
 * @throws Refusal `old-opset` where sums along an axis are not known yet
 */
export function zoneNodes(
  builder: GraphBuilder,
  mask: string,
  layer: LayerPositions,
  steps: number,
): ZoneNodes {
  const real = outsideToo(builder, realPositions(builder, mask, layer, steps), mask, layer, steps);
  const padded = builder.add('Sub', [builder.scalar(1), real]);
  const reading = builder.add('Mul', [padded, readsReal(builder, mask, layer, steps)]);
  return { real, mixed: reading, empty: builder.add('Sub', [padded, reading]) };
}

/** [N, P] 1 where the centre lies on a real step, on two of them where it lies halfway. */
function realPositions(builder: GraphBuilder, mask: string, layer: LayerPositions, steps: number): string {
  if (oneToOne(layer, steps)) return mask;
  const centres = [...layer.positions];
  const inside = (step: number) => step >= 0 && step < steps;
  const under = [
    centres.map((centre) => Math.ceil(centre - 0.5)),
    centres.map((centre) => Math.floor(centre + 0.5)),
  ] as const;
  const within = centres.map((_, p) => (under.every((at) => inside(at[p]!)) ? 1 : 0));
  const [before, after] = under.map((at) =>
    gathered(
      builder,
      mask,
      at.map((step) => (inside(step) ? step : 0)),
    ),
  );
  const both = builder.add('Mul', [before!, after!]);
  return builder.add('Mul', [both, builder.constant(float32([within.length], within), 'within')]);
}

/** Without padding every position is REAL, and a class token always, as `positionZones` has it. */
function outsideToo(
  builder: GraphBuilder,
  real: string,
  mask: string,
  { positions, reads }: LayerPositions,
  steps: number,
): string {
  const outside = Float32Array.from(positions, (centre) => (isOutside(centre, steps) ? 1 : 0));
  if (!outside.includes(1)) return real;
  const whole = reads === null ? builder.scalar(1) : builder.reduce('ReduceMin', mask, [1], true);
  const also = builder.add('Mul', [
    whole,
    builder.constant(float32([1, outside.length], outside), 'outside'),
  ]);
  return builder.add('Max', [real, also]);
}

/** [N, P] 1 where the receptive field holds a real step: a running count of them at its two ends. */
function readsReal(
  builder: GraphBuilder,
  mask: string,
  { positions, reads }: LayerPositions,
  steps: number,
): string {
  if (builder.opset < 11) {
    throw new Refusal(
      'old-opset',
      `Zones need ONNX opset 11 or newer in the graph, this model has ${builder.opset}: export it anew, or leave the padding input out.`,
    );
  }
  const counts = builder.add('CumSum', [
    builder.pad(mask, [0, 1, 0, 0]),
    builder.constant(int64([], [1]), 'axis'),
  ]);
  const from = [...positions].map((_, p) => reads?.from[p] ?? 0);
  const to = [...positions].map((_, p) => Math.max(from[p]!, reads?.to[p] ?? steps));
  const within = builder.add('Sub', [gathered(builder, counts, to), gathered(builder, counts, from)]);
  return builder.toFloat(builder.add('Greater', [within, builder.scalar(0.5)]));
}

/** [N, T] 0 REAL, 1 MIXED, 2 EMPTY: a padded column is EMPTY only when all positions it takes its value from are. */
export function columnZones(
  builder: GraphBuilder,
  mask: string,
  { empty }: ZoneNodes,
  layer: LayerPositions,
  steps: number,
): string {
  const all = placementOf(layer, steps)
    .taps.map(({ places }) => gathered(builder, empty, [...places]))
    .reduce((product, one) => builder.add('Mul', [product, one]));
  const padded = builder.add('Sub', [builder.scalar(1), mask]);
  const code = builder.add('Mul', [padded, builder.add('Add', [all, builder.scalar(1)])]);
  return builder.add('Cast', [code], { to: int(7) });
}

/**
 * [N, 3] share of |map| at REAL, MIXED and EMPTY positions; all 0 where the map is.
 * @param map [N, P] or [N, F', P], as the layer has it
 */
export function zoneShares(builder: GraphBuilder, map: string, rank: number, zones: ZoneNodes): string {
  const size = builder.add('Abs', [map]);
  const perPosition = rank === 3 ? builder.reduce('ReduceSum', size, [1], false) : size;
  const mass = [zones.real, zones.mixed, zones.empty].map((zone) =>
    builder.reduce('ReduceSum', builder.add('Mul', [perPosition, zone]), [1], true),
  );
  const all = builder.add('Concat', mass, { axis: int(1) });
  const total = builder.reduce('ReduceSum', all, [1], true);
  const nothing = builder.toFloat(builder.equal(total, builder.scalar(0)));
  return builder.add('Div', [all, builder.add('Add', [total, nothing])]);
}

/** [N, places] of [N, T] */
function gathered(builder: GraphBuilder, from: string, places: readonly number[]): string {
  const inOrder = builder.constant(int64([places.length], places), 'places');
  return builder.add('Gather', [from, inOrder], { axis: int(1) });
}
