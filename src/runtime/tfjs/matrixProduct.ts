import type { Tf, TfTensor } from './backend.ts';
import { commonDims } from './host/broadcast.ts';

/** [..., M, K] · [..., K, N]; zeros where K is 0, for which the WebAssembly kernel writes what lies in its memory. */
export function matrixProduct(
  tf: Tf,
  left: TfTensor,
  right: TfTensor,
  [turnLeft, turnRight]: readonly [boolean, boolean] = [false, false],
): TfTensor {
  if (!left.shape.includes(0) && !right.shape.includes(0)) return tf.matMul(left, right, turnLeft, turnRight);
  const lead = commonDims([left.shape.slice(0, -2), right.shape.slice(0, -2)]);
  return tf.zeros([...lead, left.shape.at(turnLeft ? -1 : -2)!, right.shape.at(turnRight ? -2 : -1)!]);
}
