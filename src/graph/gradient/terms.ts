import type { Step } from './step.ts';

/** Small words of rules that hand tensors on by name: each appends a node and gives the name of the result. */

export function multiply(step: Step, left: string, right: string): string {
  return step.builder.add('Mul', [left, right]);
}

/** With ONNX's broadcasting. */
export function plus(step: Step, left: string, right: string): string {
  return step.builder.add('Add', [left, right]);
}

/** With ONNX's broadcasting. */
export function minus(step: Step, left: string, right: string): string {
  return step.builder.add('Sub', [left, right]);
}

/** A float32 constant of shape []. */
export function scalar(step: Step, value: number): string {
  return step.builder.scalar(value);
}

/** x², element by element. */
export function square(step: Step, x: string): string {
  return multiply(step, x, x);
}

/** Element by element; `condition` is bool. */
export function choose(step: Step, condition: string, yes: string, no: string): string {
  return step.builder.add('Where', [condition, yes, no]);
}
