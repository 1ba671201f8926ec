import { floatOf, intOf, text, textOf } from '../../attributes.ts';
import { sumTo, undoBroadcast } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { multiply } from '../terms.ts';

/** Matrix products; both sides may be activations (attention). */
export const matmulRules: Rules = {
  MatMul: (step) => [() => matmulBackward(step, 0), () => matmulBackward(step, 1)],
  Gemm: (step) => [() => gemmBackward(step, 0), () => gemmBackward(step, 1), () => gemmBias(step)],
  Einsum: (step) => step.node.inputs.map((_, index) => () => einsumBackward(step, index)),
};

function matmulBackward(step: Step, index: 0 | 1): string {
  const { builder } = step;
  if (step.rank(0) < 2 || step.rank(1) < 2) return withVector(step, index);
  const other = index === 0 ? 1 : 0;
  const rank = step.rank(other);
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  perm.push(...perm.splice(rank - 2, 2).reverse());
  const turned = builder.transpose(step.input(other), perm);
  const product = builder.add('MatMul', index === 0 ? [step.gradient, turned] : [turned, step.gradient]);
  // One matrix for all: nothing of the other side was repeated.
  if (rank === 2) return product;
  const batch = step.outputDims().slice(0, -2);
  return sumTo(step, product, [...batch, ...step.dims(index).slice(-2)], index);
}

/** A product with a vector: of a matrix and a vector behind it, of a vector and what follows, or of two vectors. */
function withVector(step: Step, index: 0 | 1): string {
  const { builder } = step;
  const [left, right] = [step.rank(0), step.rank(1)];
  if (left === 1 && right === 1) return multiply(step, step.gradient, step.input(index === 0 ? 1 : 0));
  if (right === 1) {
    const column = builder.unsqueeze(step.gradient, [left - 1]);
    if (index === 0) return builder.add('MatMul', [column, builder.unsqueeze(step.input(1), [0])]);
    const product = multiply(step, column, step.input(0));
    return builder.reduce('ReduceSum', product, firstAxes(left - 1), false);
  }
  const row = builder.unsqueeze(step.gradient, [right - 2]);
  if (index === 1) return builder.add('MatMul', [builder.unsqueeze(step.input(0), [1]), row]);
  const product = multiply(step, row, step.input(1));
  return builder.reduce('ReduceSum', product, [...firstAxes(right - 2), right - 1], false);
}

function firstAxes(count: number): number[] {
  return Array.from({ length: count }, (_, axis) => axis);
}

function gemmBackward(step: Step, index: 0 | 1): string {
  const { builder, node } = step;
  const turnedA = (intOf(node, 'transA') ?? 0) === 1;
  const turnedB = (intOf(node, 'transB') ?? 0) === 1;
  const gradient = scaled(step, floatOf(node, 'alpha') ?? 1);
  const product = (left: string, transLeft: boolean, right: string, transRight: boolean) =>
    builder.add('MatMul', [
      transLeft ? builder.transpose(left, [1, 0]) : left,
      transRight ? builder.transpose(right, [1, 0]) : right,
    ]);
  if (index === 0) {
    const factor = step.input(1);
    return turnedA ? product(factor, turnedB, gradient, true) : product(gradient, false, factor, !turnedB);
  }
  const factor = step.input(0);
  return turnedB ? product(gradient, true, factor, turnedA) : product(factor, !turnedA, gradient, false);
}

function gemmBias(step: Step): string {
  const beta = floatOf(step.node, 'beta') ?? 1;
  return undoBroadcast(step, scaled(step, beta), 2);
}

function scaled(step: Step, factor: number): string {
  return factor === 1 ? step.gradient : step.builder.add('Mul', [step.gradient, step.builder.scalar(factor)]);
}

/** The equation with the input's letters and the output's swapped: `ab,bc->ac` gives `ac,bc->ab` for the first input. */
function einsumBackward(step: Step, index: number): string {
  const equation = (textOf(step.node, 'equation') ?? '').replaceAll(' ', '');
  const [left, output] = equation.split('->');
  const terms = left?.split(',') ?? [];
  const wanted = terms[index];
  if (output === undefined || wanted === undefined || equation.includes('.')) {
    step.refuse(`the equation "${equation}" has no explicit letters`);
  }
  const others = terms.filter((_, i) => i !== index);
  const letters = new Set([...output, ...others.join('')]);
  const twice = new Set(wanted).size !== wanted.length;
  if (twice || [...wanted].some((letter) => !letters.has(letter))) {
    step.refuse(`the equation "${equation}" sums or repeats an axis within one input`);
  }
  const inputs = [step.gradient, ...step.node.inputs.filter((_, i) => i !== index)];
  return step.builder.add('Einsum', inputs, {
    equation: text(`${[output, ...others].join(',')}->${wanted}`),
  });
}
