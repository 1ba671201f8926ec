import { int, intOf, text, textOf } from '../../attributes.ts';
import { elementCount } from '../../tensor.ts';
import { unary } from '../broadcast.ts';
import { contractAxis } from '../contractAxis.ts';
import { oneHot } from '../oneHot.ts';
import { replaceAxes } from '../replaceAxes.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';

/** Operators that read or write at indices computed while the model runs. Indices are not differentiated. */
export const scatterRules: Rules = {
  TopK: unary((step) => {
    const axis = step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0));
    return putBack(step, step.node.outputs[1]!, axis);
  }),
  GatherElements: unary((step) => {
    const axis = step.axis(intOf(step.node, 'axis') ?? 0, step.rank(0));
    const [data, indices] = [0, 1].map((input) => step.input(input)) as [string, string];
    const others = (tensor: string) =>
      step.seen(tensor).map((dim, i) => (i === axis ? 0 : (step.shapes.lengths(tensor).get(i) ?? dim)));
    if (`${others(data)}` !== `${others(indices)}`) step.refuse('its indices are cut short');
    return putBack(step, step.input(1), axis);
  }),
  GatherND: unary(gatherNdBackward),
  ScatterND: (step) => {
    const adds = addsUp(step);
    const nothing = () => step.builder.zerosLike(step.input(2));
    return [
      () => (adds ? step.gradient : step.builder.add('ScatterND', [step.gradient, step.input(1), nothing()])),
      undefined,
      () => step.builder.add('GatherND', [step.gradient, step.input(1)]),
    ];
  },
  ScatterElements: (step) => {
    const adds = addsUp(step);
    const axis = { axis: int(intOf(step.node, 'axis') ?? 0) };
    const nothing = () => step.builder.zerosLike(step.input(2));
    return [
      () =>
        adds
          ? step.gradient
          : step.builder.add('ScatterElements', [step.gradient, step.input(1), nothing()], axis),
      undefined,
      () => step.builder.add('GatherElements', [step.gradient, step.input(1)], axis),
    ];
  },
};

function addsUp(step: Step): boolean {
  const reduction = textOf(step.node, 'reduction') ?? 'none';
  if (reduction !== 'none' && reduction !== 'add') step.refuse(`its reduction "${reduction}"`);
  return reduction === 'add';
}

/** Every value goes back to the index along `axis` it was taken from; what is taken twice adds up. */
function putBack(step: Step, indices: string, axis: number): string {
  const { builder } = step;
  const rank = step.rank(0);
  const perm = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  perm.push(axis);
  const last = (x: string) => builder.transpose(x, perm);
  // [..., K, L]: one row per value taken.
  const places = oneHot(step, last(indices), 0, axis);
  const row = builder.unsqueeze(last(step.gradient), [rank - 1]);
  const spread = builder.squeeze(builder.add('MatMul', [row, places]), [rank - 1]);
  const back = new Array<number>(rank);
  for (const [to, from] of perm.entries()) back[from] = to;
  return builder.transpose(spread, back);
}

/** From opset 16 on by adding up at the same indices; before, where one axis is indexed, as a Gather. */
function gatherNdBackward(step: Step): string {
  const { builder } = step;
  const batchDims = intOf(step.node, 'batch_dims') ?? 0;
  if (batchDims !== 0) return gatherNdWithin(step, batchDims);
  if (builder.opset >= 16) {
    const zeros = builder.zerosLike(step.input(0));
    return builder.add('ScatterND', [zeros, step.input(1), step.gradient], { reduction: text('add') });
  }
  const dims = step.dims(0);
  const indexed = step.dims(1).at(-1)!;
  const size = elementCount(dims.slice(0, indexed));
  if (step.shapes.batchAxis(step.input(0)) !== null && step.shapes.batchAxis(step.input(0))! < indexed) {
    step.refuse('it picks among the instances');
  }
  const parts = step.integers(1);
  const rows = parts.length / indexed;
  const values = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const at = parts.slice(row * indexed, (row + 1) * indexed);
    const flat = at.reduce((sum, index, i) => sum * dims[i]! + (index < 0 ? index + dims[i]! : index), 0);
    values[row * size + flat] = 1;
  }
  const place = { tensor: step.input(0), rank: dims.length, from: 0, to: indexed };
  const picked = replaceAxes(builder, step.gradient, place, [rows]);
  const axes = { axis: 0, rank: dims.length - indexed + 1 };
  const whole = contractAxis(builder, picked, axes, { rows, columns: size, values });
  return builder.reshapeLike(whole, step.input(0));
}

/** With `batch_dims`: [B…, L, rest…] at indices [B…, 1] or [B…, Q, 1] of one axis. */
function gatherNdWithin(step: Step, batchDims: number): string {
  const { builder } = step;
  const depth = step.dims(1).at(-1)!;
  const several = step.rank(1) - batchDims - 1;
  if (depth !== 1 || several > 1) step.refuse(`its batch_dims beside indices of ${step.rank(1)} axes`);
  const axis = batchDims + several;
  // [B…, Q…, L, 1…] times [B…, Q…, 1, rest…]
  const places = oneHot(step, builder.squeeze(step.input(1), [axis]), 0, batchDims);
  const rest = Array.from({ length: step.rank(0) - batchDims - 1 }, (_, i) => axis + 1 + i);
  const wide = rest.length > 0 ? builder.unsqueeze(places, rest) : places;
  const spread = builder.add('Mul', [wide, builder.unsqueeze(step.gradient, [axis])]);
  return several === 0 ? spread : builder.reduce('ReduceSum', spread, [batchDims], false);
}
