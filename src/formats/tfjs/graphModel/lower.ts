import { Refusal } from '../../../refusal.ts';
import type { Emitter } from './emitter.ts';
import { titleOf } from './nodeAttributes.ts';
import type { NodeDef } from './nodeDef.ts';
import { elementsOf, type NodeSize, type NodeValue, numbersOf } from './value.ts';

/** One TensorFlow node with what its inputs have become. */
export interface NodeLowering {
  readonly node: NodeDef;
  readonly inputs: readonly NodeValue[];
  readonly emit: Emitter;
}

/** Writes the ONNX nodes of one TensorFlow operator. One value per output. */
export type LowerNode = (lowering: NodeLowering) => NodeValue | readonly NodeValue[];
/** By TensorFlow's name of the operator. */
export type NodeRules = Readonly<Record<string, LowerNode>>;

/** @throws Refusal `broken-model` */
export function inputAt({ node, inputs }: NodeLowering, index: number): NodeValue {
  const value = inputs[index];
  if (value === undefined) {
    throw new Refusal('broken-model', `${titleOf(node)} has ${inputs.length} inputs, which is too few.`);
  }
  return value;
}

/** More axes, sizes or indices no operator needs. */
const MOST_FIXED = 4096;

/** Numbers that must be known before the model runs, such as axes. @throws Refusal `unsupported-model` */
export function fixedNumbers(lowering: NodeLowering, index: number, what: string): readonly number[] {
  const value = inputAt(lowering, index);
  if ((value.constant?.data.length ?? 0) > MOST_FIXED)
    throw unsupported(lowering, `has too long a list of ${what}`);
  const found = numbersOf(value);
  if (found === undefined) throw unsupported(lowering, `computes its ${what} while the model runs`);
  return found;
}

/**
 * An input that must be one constant number.
 * @throws Refusal `unsupported-model`
 */
export function fixedNumber(lowering: NodeLowering, index: number, what: string): number {
  const [value, ...more] = fixedNumbers(lowering, index, what);
  if (value === undefined || more.length > 0)
    throw unsupported(lowering, `has ${what} that is not one number`);
  return value;
}

/** Sizes as far as they are known. @throws Refusal `unsupported-model` where not even their number is. */
export function knownSizes(lowering: NodeLowering, index: number, what: string): readonly NodeSize[] {
  const value = inputAt(lowering, index);
  const found = elementsOf(value);
  if (found !== undefined) return found;
  const [count] = value.shape;
  if (value.shape.length === 1 && typeof count === 'number' && count <= 16) {
    return Array.from({ length: count }, () => lowering.emit.size());
  }
  throw unsupported(lowering, `computes its ${what} while the model runs`);
}

/** @param what the end of a sentence that begins with the node. */
export function unsupported({ node }: Pick<NodeLowering, 'node'>, what: string): Refusal {
  return new Refusal(
    'unsupported-model',
    `${titleOf(node)} ${what}, which is not supported; export the model to ONNX.`,
  );
}
