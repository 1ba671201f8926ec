import { intOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';

const FLAT = new Set([
  ...[
    'Shape',
    'Size',
    'ConstantOfShape',
    'EyeLike',
    'NonZero',
    'ArgMax',
    'ArgMin',
    'OneHot',
    'Range',
    'Unique',
  ],
  ...[
    'Equal',
    'Greater',
    'GreaterOrEqual',
    'Less',
    'LessOrEqual',
    'Not',
    'And',
    'Or',
    'Xor',
    'IsNaN',
    'IsInf',
  ],
  ...['Floor', 'Ceil', 'Round', 'Sign', 'Hardmax'],
]);

/**
 * True where the output is constant or a step function of the inputs (shapes, comparisons, indices, rounding): its
 * derivative is zero wherever there is one, as in PyTorch and TensorFlow, so nothing flows back.
 */
export function isFlat(node: GraphNode): boolean {
  if (node.domain !== '') return false;
  const float = [1, 10, 11, 16];
  return FLAT.has(node.op) || (node.op === 'Cast' && !float.includes(intOf(node, 'to') ?? 1));
}
