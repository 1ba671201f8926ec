import { floatOf, intOf } from '../../attributes.ts';
import { notFloats } from '../../notFloats.ts';
import { float32 } from '../../tensor.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { choose, minus, multiply, plus, scalar } from '../terms.ts';

/**
 * Scaled dot-product attention (Vaswani 2017) as one operator (opset 23): Y = P·V, P = softmax(s·Q·Kᵀ + mask).
 * d V = Pᵀ·d Y; with D = d Y·Vᵀ, d S = P·(D − Σ P·D); d Q = s·d S·K, d K = s·d Sᵀ·Q.
 */
export const attentionRules: Rules = {
  Attention: (step) => {
    let known: Backwards | undefined;
    const parts = () => {
      known ??= attentionBackward(step);
      return known;
    };
    return [() => parts().q(), () => parts().k(), () => parts().v()];
  },
  /** Pairs of channels turned by angles of their step (Su 2021, opset 23): turned back by the same angles. */
  RotaryEmbedding: (step) => {
    const { builder, node } = step;
    const fixed = () => step.refuse('its angles are computed from the series');
    const back = () => {
      const [, cos, sin, ...places] = node.inputs as [string, string, string];
      const inputs = [step.gradient, cos, builder.add('Neg', [sin]), ...places];
      return builder.add('RotaryEmbedding', inputs, node.attributes);
    };
    return [back, fixed, fixed];
  },
};

interface Backwards {
  q(): string;
  k(): string;
  v(): string;
}

/** Loses against every score and is still a finite float32. */
const LOWEST = -1e30;

function attentionBackward(step: Step): Backwards {
  const { builder, node } = step;
  refuseOddities(step);
  const heads = [0, 1, 2].map((index) => intOf(node, index === 0 ? 'q_num_heads' : 'kv_num_heads'));
  const [q, k, v] = [0, 1, 2].map((index) =>
    byHeads(step, step.input(index), step.dims(index), heads[index]),
  );
  const dY = byHeads(step, step.gradient, step.outputDims(), heads[0]);
  const width = step.rank(0) === 4 ? step.dims(0)[3]! : step.dims(0)[2]! / heads[0]!;
  const scale = scalar(step, floatOf(node, 'scale') ?? 1 / Math.sqrt(width));
  const turned = (x: string) => builder.transpose(x, [0, 1, 3, 2]);
  const product = (a: string, b: string) => builder.add('MatMul', [a, b]);
  const scores = withMask(step, multiply(step, product(q!, turned(k!)), scale));
  const p = builder.add('Softmax', [scores], { axis: { kind: 'int', value: -1 } });
  const dP = product(dY, turned(v!));
  const mean = builder.reduce('ReduceSum', multiply(step, p, dP), [3], true);
  const dS = multiply(step, multiply(step, p, minus(step, dP, mean)), scale);
  const like = (x: string, index: number) =>
    step.rank(index) === 4 ? x : builder.reshapeLike(builder.transpose(x, [0, 2, 1, 3]), step.input(index));
  return {
    q: () => like(product(dS, k!), 0),
    k: () => like(product(turned(dS), q!), 1),
    v: () => like(product(turned(p), dY), 2),
  };
}

function refuseOddities(step: Step): void {
  const { node } = step;
  if (step.has(4) || step.has(5)) step.refuse('it keeps keys and values of earlier runs');
  if (step.has(6)) step.refuse('it masks by lengths');
  if ((floatOf(node, 'softcap') ?? 0) !== 0) step.refuse('it caps its scores');
  const [heads, kvHeads] =
    step.rank(0) === 4
      ? [step.dims(0)[1], step.dims(1)[1]]
      : [intOf(node, 'q_num_heads'), intOf(node, 'kv_num_heads')];
  if (heads !== kvHeads) step.refuse('queries share their keys');
}

/** [N, L, H·E] as [N, H, L, E]. */
function byHeads(step: Step, x: string, dims: readonly number[], heads: number | undefined): string {
  if (dims.length === 4) return x;
  if (heads === undefined) step.refuse('its number of heads is missing');
  return step.builder.transpose(step.builder.reshape(x, [0, 0, heads, -1]), [0, 2, 1, 3]);
}

function withMask(step: Step, scores: string): string {
  const { builder, node } = step;
  let masked = scores;
  if (intOf(node, 'is_causal') === 1) {
    const [rows, columns] = [0, 1].map((index) => step.dims(index).at(-2)!) as [number, number];
    const later = Float32Array.from({ length: rows * columns }, (_, i) =>
      i % columns > Math.floor(i / columns) ? LOWEST : 0,
    );
    masked = plus(step, masked, builder.constant(float32([rows, columns], later)));
  }
  if (!step.has(3)) return masked;
  const mask = step.input(3);
  // Bools let through where they are true; numbers are added.
  const isBool = notFloats(builder.base).has(mask);
  return isBool ? choose(step, mask, masked, scalar(step, LOWEST)) : plus(step, masked, mask);
}
