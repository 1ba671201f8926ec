import { floatOf, intOf } from '../../../graph/attributes.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';

/** Loses against every score and is still a finite float32. */
const LOWEST = -1e30;

/** Attention of opset 23. */
export const attentionOperators: Operators = {
  /** Scaled dot-product attention (Vaswani 2017): softmax(s·Q·Kᵀ + mask)·V, [N, L, H·E] or [N, H, L, E]. */
  Attention: (call) => {
    const { tf, node } = call;
    if (node.outputs.slice(1).some((name) => name !== ''))
      return call.refuse('only its first output is supported');
    if (call.has(4) || call.has(5)) return call.refuse('keys and values of earlier runs are not supported');
    if (call.has(6)) return call.refuse('masking by lengths is not supported');
    if ((floatOf(node, 'softcap') ?? 0) !== 0) return call.refuse('capping the scores is not supported');
    const [q, k, v] = [0, 1, 2].map((index) => byHeads(call, index)) as [TfTensor, TfTensor, TfTensor];
    if (q.shape[1] !== k.shape[1]) return call.refuse('queries that share their keys are not supported');
    const scale = floatOf(node, 'scale') ?? 1 / Math.sqrt(q.shape[3]!);
    const scores = masked(call, tf.mul(tf.matMul(q, k, false, true), scale));
    const powers = tf.exp(tf.sub(scores, tf.max(scores, 3, true)));
    const y = tf.matMul(tf.div(powers, tf.sum(powers, 3, true)), v);
    if (call.rank() === 4) return y;
    const [batch, heads, length, width] = y.shape as [number, number, number, number];
    return tf.reshape(tf.transpose(y, [0, 2, 1, 3]), [batch, length, heads * width]);
  },
  /** Pairs of channels turned by angles of their step (Su 2021), [N, L, H·E] or [N, H, L, E]. */
  RotaryEmbedding: (call) => {
    const { tf, node } = call;
    const x = call.device();
    if (x.rank === 4) return tf.transpose(turnedPairs(call, tf.transpose(x, [0, 2, 1, 3])), [0, 2, 1, 3]);
    const heads = intOf(node, 'num_heads') || call.refuse('its number of heads is missing');
    const [batch, length, width] = x.shape as [number, number, number];
    const rows = tf.reshape(x, [batch, length, heads, width / heads]);
    return tf.reshape(turnedPairs(call, rows), x.shape);
  },
};

/** Rows [N, L, H, E]: pairs lie side by side (interleaved) or half the turned width apart; the rest stays. */
function turnedPairs(call: Call, rows: TfTensor): TfTensor {
  const { tf, node } = call;
  const [batch, length, heads, width] = rows.shape as [number, number, number, number];
  const turned = intOf(node, 'rotary_embedding_dim') || width;
  const half = turned / 2;
  const isSideBySide = (intOf(node, 'interleaved') ?? 0) === 1;
  const [moving, still] = turned < width ? tf.split(rows, [turned, width - turned], 3) : [rows];
  const axis = isSideBySide ? 4 : 3;
  const pairs = tf.reshape(moving!, [batch, length, heads, ...(isSideBySide ? [half, 2] : [2, half])]);
  const [a, b] = tf.split(pairs, 2, axis) as [TfTensor, TfTensor];
  const [cos, sin] = [1, 2].map((index) => {
    const cache = call.has(3)
      ? tf.gather(call.device(index), tf.tensor1d(call.numbers(3), 'int32'))
      : call.device(index);
    return tf.reshape(cache, [batch, length, 1, ...(isSideBySide ? [half, 1] : [1, half])]);
  }) as [TfTensor, TfTensor];
  const both = [tf.sub(tf.mul(cos, a), tf.mul(sin, b)), tf.add(tf.mul(sin, a), tf.mul(cos, b))];
  const result = tf.reshape(tf.concat(both, axis), [batch, length, heads, turned]);
  return still ? tf.concat([result, still], 3) : result;
}

function byHeads(call: Call, index: number): TfTensor {
  const { tf } = call;
  const x = call.device(index);
  if (x.rank === 4) return x;
  const [batch, length, width] = x.shape as [number, number, number];
  const heads = intOf(call.node, index === 0 ? 'q_num_heads' : 'kv_num_heads');
  if (heads === undefined) return call.refuse('its number of heads is missing');
  return tf.transpose(tf.reshape(x, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
}

function masked(call: Call, scores: TfTensor): TfTensor {
  const { tf } = call;
  let result = scores;
  if (intOf(call.node, 'is_causal') === 1) {
    const [rows, columns] = scores.shape.slice(2) as [number, number];
    const later = Float32Array.from({ length: rows * columns }, (_, i) =>
      i % columns > Math.floor(i / columns) ? LOWEST : 0,
    );
    result = tf.add(result, tf.tensor2d(later, [rows, columns]));
  }
  if (!call.has(3)) return result;
  if (call.value(3).dtype !== 'bool') return tf.add(result, call.device(3));
  const lets = tf.broadcastTo(call.device(3), scores.shape);
  return tf.where(lets, result, tf.fill(scores.shape, LOWEST));
}
