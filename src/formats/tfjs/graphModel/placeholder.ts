import { Refusal } from '../../../refusal.ts';
import type { Emitter } from './emitter.ts';
import { shapeOf, titleOf, typeOf } from './nodeAttributes.ts';
import type { NodeDef } from './nodeDef.ts';
import type { Signature } from './signature.ts';
import type { NodeSize, NodeValue } from './value.ts';

/**
 * An input of the model; of its shape as much is known as node and signature say together.
 * @throws Refusal `unsupported-model`, `broken-model`
 */
export function placeholder(node: NodeDef, { shapes }: Signature, emit: Emitter): NodeValue {
  const own = shapeOf(node, 'shape');
  const noted = shapes.get(node.name);
  // A shape without sizes is what is written where nothing is known.
  const known = own?.length ? own : (noted ?? own);
  if (known === undefined) {
    throw new Refusal(
      'unsupported-model',
      `${titleOf(node)} does not say how many axes the input has; convert the model with an input signature.`,
    );
  }
  if (noted !== undefined && noted.length !== known.length) {
    throw new Refusal('broken-model', `${titleOf(node)} and the signature disagree about the input's axes.`);
  }
  // A size that is left out reads as 0, as does one of nothing: an axis of no length is none of a model's.
  const sizes = known.map(
    (size, axis): NodeSize => size || noted?.[axis] || (axis === 0 ? 'N' : `${node.name}_${axis}`),
  );
  return emit.input(node.name, typeOf(node, 'dtype', 'float32'), sizes);
}
