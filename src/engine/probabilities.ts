/** [C] from [C] logits: softmax, or sigmoid class by class where the model ends in one. */
export function probabilities(logits: Float32Array, kind: 'softmax' | 'sigmoid'): Float32Array {
  if (kind === 'sigmoid') {
    return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  }
  const greatest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - greatest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}

export function argmax(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > (values[best] as number)) {
      best = index;
    }
  }
  return best;
}
