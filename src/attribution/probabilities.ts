import type { OutputKind } from '../graph/outputKind.ts';

/** [C] from [C] logits, or what stands in their place. */
export function probabilitiesOf(logits: Float32Array, outputIs: OutputKind): Float32Array {
  if (outputIs === 'probabilities') return logits.slice();
  return outputIs === 'sigmoid' ? sigmoid(logits) : softmax(logits);
}

/** [C] from [C] logits. */
export function softmax(logits: Float32Array): Float32Array {
  const greatest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Float32Array.from(powers, (power) => power / total);
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
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
