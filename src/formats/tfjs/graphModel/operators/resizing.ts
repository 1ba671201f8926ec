import { text } from '../../../../graph/attributes.ts';
import { float32 } from '../../../../graph/tensor.ts';
import { inputAt, knownSizes, type LowerNode, type NodeRules, unsupported } from '../lower.ts';
import { flagOf } from '../nodeAttributes.ts';
import { constantOf, type NodeValue } from '../value.ts';
import { fourAxes } from '../windows.ts';

/** [N, H, W, C] to another height and width. */
function resize(mode: 'nearest' | 'linear'): LowerNode {
  return (lowering) => {
    const { emit, node } = lowering;
    const x = fourAxes(lowering, inputAt(lowering, 0));
    const sizes = knownSizes(lowering, 1, 'size');
    const corners = flagOf(node, 'align_corners');
    const half = flagOf(node, 'half_pixel_centers');
    const kept = [1, 2].filter(
      (axis) => x.order.includes(axis) || x.shape[axis] !== 1 || sizes[axis - 1] !== 1,
    );
    const order = [0, 3, ...(kept.length > 0 ? kept : [2])];
    const scales = order.map((axis) => {
      const [from, to] = [x.shape[axis], axis === 0 || axis === 3 ? x.shape[axis] : sizes[axis - 1]];
      if (from === to) return 1;
      if (typeof from !== 'number' || typeof to !== 'number' || from === 0) {
        throw unsupported(lowering, 'resizes an axis of free length');
      }
      return to / from;
    });
    if (corners && mode === 'nearest') throw unsupported(lowering, 'aligns corners');
    const places = corners ? 'align_corners' : half ? 'half_pixel' : 'asymmetric';
    const rounding = half ? 'round_prefer_ceil' : 'floor';
    const tensor = emit.main(
      'Resize',
      [emit.arranged(x, order), '', emit.plain(constantOf(float32([scales.length], scales)))],
      {
        mode: text(mode),
        coordinate_transformation_mode: text(places),
        ...(mode === 'nearest' ? { nearest_mode: text(rounding) } : {}),
      },
    );
    const shape = x.shape.map((size, axis) => (axis === 1 || axis === 2 ? sizes[axis - 1]! : size));
    return { dtype: x.dtype, shape, tensor, order } satisfies NodeValue;
  };
}

/** To constant sizes, with corners and centres as TensorFlow places them. */
export const resizingRules: NodeRules = {
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
