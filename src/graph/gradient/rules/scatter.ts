import { int, intOf, textOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import { oneHot } from '../oneHot.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { gatherNdBackward } from './gatherNd.ts';

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
