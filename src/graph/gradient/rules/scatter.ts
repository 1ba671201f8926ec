import { int, intOf, text, textOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import { oneHot } from '../oneHot.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { gatherNdBackward } from './gatherNd.ts';

/** Opsets from which on there is ScatterElements, and it adds up. */
const [SCATTERS, ADDS] = [11, 16];

/** Operators that read or write at indices computed while the model runs. Indices are not differentiated. */
export const scatterRules: Rules = {
  TopK: unary((step) => {
    const axis = step.axis(intOf(step.node, 'axis') ?? -1, step.rank(0));
    const indices = step.node.outputs[1]!;
    return step.builder.opset >= SCATTERS
      ? scattered(step, indices, axis, 'none')
      : putBack(step, indices, axis);
  }),
  GatherElements: unary((step) => {
    const axis = step.axis(intOf(step.node, 'axis') ?? 0, step.rank(0));
    const [data, indices] = [0, 1].map((input) => step.input(input)) as [string, string];
    const others = (tensor: string) =>
      step.seen(tensor).map((dim, i) => (i === axis ? 0 : (step.shapes.lengths(tensor).get(i) ?? dim)));
    if (`${others(data)}` !== `${others(indices)}`) step.refuse('its indices are cut short');
    return step.builder.opset >= ADDS
      ? scattered(step, step.input(1), axis, 'add')
      : putBack(step, step.input(1), axis);
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

/** Every value goes back to the index along `axis` it was taken from. */
function scattered(step: Step, indices: string, axis: number, reduction: 'none' | 'add'): string {
  const zeros = step.builder.zerosLike(step.input(0));
  return step.builder.add('ScatterElements', [zeros, indices, step.gradient], {
    axis: int(axis),
    ...(reduction === 'add' && { reduction: text(reduction) }),
  });
}

/** As scattered, adding up what is taken twice, by a product: of L values along the axis it has rows of L². */
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
