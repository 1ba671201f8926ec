import { float } from '../../../graph/attributes.ts';
import { float32 } from '../../../graph/tensor.ts';
import { elementwise } from './emitElementwise.ts';
import type { NodeLowering } from './lower.ts';
import { constantOf, type NodeValue } from './value.ts';

/** Activations that ONNX has under some name, of a value computed before. */
const SAME: Readonly<Record<string, string>> = {
  Elu: 'Elu',
  Relu: 'Relu',
  Selu: 'Selu',
  Sigmoid: 'Sigmoid',
  Softplus: 'Softplus',
  Softsign: 'Softsign',
  Tanh: 'Tanh',
};

/** @returns undefined for an activation that is not known. */
export function activation(
  lowering: Pick<NodeLowering, 'emit'>,
  name: string,
  x: NodeValue,
  more: { readonly leak: number; readonly slope?: NodeValue },
): NodeValue | undefined {
  const same = Object.hasOwn(SAME, name) ? SAME[name] : undefined;
  if (same !== undefined) return elementwise(lowering, same, [x]);
  if (name === 'Relu6') return clip(lowering, x, 0, 6);
  if (name === 'LeakyRelu') {
    return elementwise(lowering, 'LeakyRelu', [x], { attributes: { alpha: float(more.leak) } });
  }
  if (name === 'Prelu' && more.slope !== undefined) return elementwise(lowering, 'PRelu', [x, more.slope]);
  return undefined;
}

function clip({ emit }: Pick<NodeLowering, 'emit'>, x: NodeValue, low: number, high: number): NodeValue {
  const bounds = [low, high].map((value) => emit.plain(constantOf(float32([], [value]))));
  const tensor = emit.main('Clip', [emit.arranged(x, x.order), ...bounds]);
  return { ...x, tensor, constant: undefined };
}
