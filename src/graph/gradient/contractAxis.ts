import type { GraphBuilder } from '../builder.ts';
import { float32 } from '../tensor.ts';
import { inverse } from './rules/shape.ts';

/** A matrix [rows, columns] as it is filled in. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Multiplies along one axis of a tensor by a matrix (or a tensor that holds one): the axis of `rows` values becomes one of `columns`. */
export function contractAxis(
  builder: GraphBuilder,
  x: string,
  { axis, rank }: { readonly axis: number; readonly rank: number },
  by: Matrix | string,
): string {
  const perm = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  perm.push(axis);
  const matrix =
    typeof by === 'string' ? by : builder.constant(float32([by.rows, by.columns], by.values), 'matrix');
  const product = builder.add('MatMul', [builder.transpose(x, perm), matrix]);
  return builder.transpose(product, inverse(perm));
}
