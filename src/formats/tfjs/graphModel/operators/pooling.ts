import { int, ints } from '../../../../graph/attributes.ts';
import { inputAt, type LowerNode, type NodeRules, unsupported } from '../lower.ts';
import type { NodeValue } from '../value.ts';
import { formatOf, fourAxes, padAttributes, perAxis, slidAxes, slidingWindows } from '../windows.ts';

function pool(op: 'MaxPool' | 'AveragePool'): LowerNode {
  return (lowering) => {
    const { emit } = lowering;
    const format = formatOf(lowering);
    const x = fourAxes(lowering, inputAt(lowering, 0));
    const sizes = perAxis(lowering, 'ksize');
    if (sizes[0] !== 1 || sizes[format.channel] !== 1)
      throw unsupported(lowering, 'pools over instances or channels');
    const windows = slidingWindows(
      lowering,
      x,
      format,
      format.spatial.map((axis) => sizes[axis]!),
    );
    const kept = slidAxes(x, format, windows);
    const order = [0, format.channel, ...kept.map((i) => format.spatial[i]!)];
    const own = kept.map((i) => windows[i]!);
    const tensor = emit.main(op, [emit.arranged(x, order)], {
      kernel_shape: ints(own.map(({ kernel }) => kernel)),
      strides: ints(own.map(({ stride }) => stride)),
      ...padAttributes(own),
      // The mean is over what lies inside.
      ...(op === 'AveragePool' ? { count_include_pad: int(0) } : {}),
    });
    const shape = x.shape.map((size, axis) => {
      const i = format.spatial.indexOf(axis);
      return i < 0 ? size : windows[i]!.output;
    });
    return { dtype: x.dtype, shape, tensor, order } satisfies NodeValue;
  };
}

/** Over windows; over everything it is a reduction. */
export const poolingRules: NodeRules = { AvgPool: pool('AveragePool'), MaxPool: pool('MaxPool') };
