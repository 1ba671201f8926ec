import type { Step } from './step.ts';

/** Small words of the rules: each appends one or two nodes and gives the name of the result. */

export function multiply(step: Step, left: string, right: string): string {
  return step.builder.add('Mul', [left, right]);
}

export function plus(step: Step, left: string, right: string): string {
  return step.builder.add('Add', [left, right]);
}

export function minus(step: Step, left: string, right: string): string {
  return step.builder.add('Sub', [left, right]);
}

export function divide(step: Step, left: string, right: string): string {
  return step.builder.add('Div', [left, right]);
}

export function scalar(step: Step, value: number): string {
  return step.builder.scalar(value);
}

export function square(step: Step, x: string): string {
  return multiply(step, x, x);
}

/** The step's gradient where the condition holds, else 0. A Cast of the condition to float is 5 times slower in wasm. */
export function keepWhere(step: Step, condition: string): string {
  return choose(step, condition, step.gradient, scalar(step, 0));
}

/** 1.0 where the condition holds, else 0.0. */
export function oneWhere(step: Step, condition: string): string {
  return step.builder.toFloat(condition);
}

export function greater(step: Step, x: string, than: number): string {
  return step.builder.add('Greater', [x, step.builder.scalar(than)]);
}

export function less(step: Step, x: string, than: number): string {
  return step.builder.add('Less', [x, step.builder.scalar(than)]);
}

export function choose(step: Step, condition: string, yes: string, no: string): string {
  return step.builder.add('Where', [condition, yes, no]);
}
