import type { OutputKind } from '../graph/outputKind.ts';

/** [C] from [C] logits, or what stands in their place. */
export function probabilitiesOf(logits: Float32Array, outputIs: OutputKind): Float32Array {
  if (outputIs === 'probabilities') return logits.slice();
  return outputIs === 'sigmoid' ? sigmoid(logits) : softmax(logits);
}

/** [C] from [C] logits. */
export function softmax(logits: Float32Array): Float32Array {
  let greatest = -Infinity;
  for (let c = 0; c < logits.length; c++) greatest = Math.max(greatest, logits[c]!);
  const powers = new Float64Array(logits.length);
  let total = 0;
  for (let c = 0; c < logits.length; c++) total += powers[c] = Math.exp(logits[c]! - greatest);
  const shares = new Float32Array(logits.length);
  for (let c = 0; c < logits.length; c++) shares[c] = powers[c]! / total;
  return shares;
}

/** [C] from [C] logits, each class by itself. */
function sigmoid(logits: Float32Array): Float32Array {
  return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
}

/**
 * Index of the greatest value, the first where several tie.
 * @param values [n]
 */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}
