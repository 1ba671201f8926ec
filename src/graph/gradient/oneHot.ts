import { int } from '../attributes.ts';
import { float32 } from '../tensor.ts';
import type { Step } from './step.ts';

/**
 * [..., L] of indices [...] that count along an axis of L values of an input: 1 at each index, else 0. Indices are
 * computed when the graph runs, L as well where it follows the values; negative ones count from the end.
 */
export function oneHot(step: Step, indices: string, input: number, axis: number): string {
  const values = step.builder.constant(float32([2], [0, 1]));
  // Not every runtime has OneHot for int32, which TensorFlow counts in.
  const whole = step.builder.add('Cast', [indices], { to: int(7) });
  return step.builder.add('OneHot', [whole, step.lengthOf(input, axis), values]);
}
