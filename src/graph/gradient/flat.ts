import { intOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';
import { handsNoGradient } from './rules/notes.ts';

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
 * derivative is zero wherever there is one, as in PyTorch and TensorFlow, so nothing flows back; or where a reader has
 * noted that none does (`detach`).
 */
export function isFlat(node: GraphNode): boolean {
  if (node.domain !== '') return false;
  if (handsNoGradient(node)) return true;
  const float = [1, 10, 11, 16];
  return FLAT.has(node.op) || (node.op === 'Cast' && !float.includes(intOf(node, 'to') ?? 1));
}
