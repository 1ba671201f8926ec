import { elementCount } from '../../graph/tensor.ts';
import type { TfTensor } from './backend.ts';
import type { Call } from './call.ts';
import { matrixProduct } from './matrixProduct.ts';

/** A tensor whose axes have names. */
interface Named {
  readonly x: TfTensor;
  readonly axes: string;
}

/**
 * Einstein's sum as matrix products, two operands at a time: the WebAssembly backend has no kernel of its own.
 * @throws Refusal `model-refused` for an ellipsis and for an axis that one operand names twice
 */
export function einsum(call: Call, equation: string, operands: readonly TfTensor[]): TfTensor {
  const [left, right] = equation.replaceAll(' ', '').split('->') as [string, string?];
  const names = left.split(',');
  if (equation.includes('.') || names.some((axes) => new Set(axes).size < axes.length)) {
    return call.refuse(`the equation "${equation}" is not supported`);
  }
  if (names.length !== operands.length || names.some((axes, i) => axes.length !== operands[i]!.rank)) {
    return call.refuse(`the equation "${equation}" does not fit its inputs`);
  }
  const wanted = right ?? once(left.replaceAll(',', ''));
  const [first, ...others] = names.map((axes, i): Named => ({ x: operands[i]!, axes }));
  let result = first!;
  for (const [i, other] of others.entries()) {
    const later = others.slice(i + 1).map(({ axes }) => axes);
    result = product(call, result, other, wanted + later.join(''));
  }
  return inOrder(call, summed(call, result, wanted), wanted);
}

/** Without an arrow: the axes named once, in the order of the alphabet. */
function once(axes: string): string {
  return [...axes]
    .filter((axis) => axes.split(axis).length === 2)
    .sort()
    .join('');
}

/** Sums over the axes that nothing needs any more. */
function summed({ tf }: Call, { x, axes }: Named, needed: string): Named {
  const gone = [...axes].flatMap((axis, i) => (needed.includes(axis) ? [] : [i]));
  if (gone.length === 0) return { x, axes };
  return { x: tf.sum(x, gone), axes: [...axes].filter((axis) => needed.includes(axis)).join('') };
}

/** [shared, own of a, summed] · [shared, summed, own of b]. */
function product(call: Call, left: Named, right: Named, needed: string): Named {
  const { tf } = call;
  const a = summed(call, left, needed + right.axes);
  const b = summed(call, right, needed + left.axes);
  const inBoth = [...a.axes].filter((axis) => b.axes.includes(axis));
  const shared = inBoth.filter((axis) => needed.includes(axis)).join('');
  const inner = inBoth.filter((axis) => !needed.includes(axis)).join('');
  const ownA = [...a.axes].filter((axis) => !b.axes.includes(axis)).join('');
  const ownB = [...b.axes].filter((axis) => !a.axes.includes(axis)).join('');
  const size = (axes: string) =>
    [...axes].map((axis) => a.x.shape[a.axes.indexOf(axis)] ?? b.x.shape[b.axes.indexOf(axis)]!);
  const count = (axes: string) => elementCount(size(axes));
  const one = tf.reshape(inOrder(call, a, shared + ownA + inner), [count(shared), count(ownA), count(inner)]);
  const two = tf.reshape(inOrder(call, b, shared + inner + ownB), [count(shared), count(inner), count(ownB)]);
  const axes = shared + ownA + ownB;
  return { x: tf.reshape(matrixProduct(tf, one, two), size(axes)), axes };
}

function inOrder({ tf }: Call, { x, axes }: Named, wanted: string): TfTensor {
  return tf.transpose(
    x,
    [...wanted].map((axis) => axes.indexOf(axis)),
  );
}
