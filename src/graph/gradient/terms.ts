import type { Step } from './step.ts';

/** Small words of rules that hand tensors on by name: each appends a node and gives the name of the result. */

export function multiply(step: Step, left: string, right: string): string {
  return step.builder.add('Mul', [left, right]);
}

export function plus(step: Step, left: string, right: string): string {
  return step.builder.add('Add', [left, right]);
}

export function minus(step: Step, left: string, right: string): string {
  return step.builder.add('Sub', [left, right]);
}

export function scalar(step: Step, value: number): string {
  return step.builder.scalar(value);
}

export function square(step: Step, x: string): string {
  return multiply(step, x, x);
}

export function choose(step: Step, condition: string, yes: string, no: string): string {
  return step.builder.add('Where', [condition, yes, no]);
}
