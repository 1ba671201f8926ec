import { float, int } from '../../../../graph/attributes.ts';
import { inputAt, type LowerNode, type NodeRules, unsupported } from '../lower.ts';
import { flagOf, numberOf, titleOf } from '../nodeAttributes.ts';
import { axisIn, type NodeValue } from '../value.ts';
import { formatOf, fourAxes } from '../windows.ts';

/** With the running mean and variance: as at prediction. */
const batchNorm: LowerNode = (lowering) => {
  const { node, emit } = lowering;
  const x = fourAxes(lowering, inputAt(lowering, 0));
  const { channel } = formatOf(lowering);
  if (flagOf(node, 'is_training')) throw unsupported(lowering, 'normalises as in training');
  const order = [0, channel, ...x.order.filter((axis) => axis !== 0 && axis !== channel)];
  const statistics = [1, 2, 3, 4].map((i) => emit.plain(inputAt(lowering, i)));
  const tensor = emit.main('BatchNormalization', [emit.arranged(x, order), ...statistics], {
    epsilon: float(numberOf(node, 'epsilon', 1e-4)),
  });
  return { dtype: x.dtype, shape: x.shape, tensor, order };
};

/** Along the last axis. */
function softmax(op: 'Softmax' | 'LogSoftmax'): LowerNode {
  return (lowering) => {
    const x = inputAt(lowering, 0);
    const last = axisIn(-1, x.shape.length, titleOf(lowering.node));
    const order = x.order.includes(last) ? x.order : [...x.order, last];
    const inner = lowering.emit.arranged(x, order);
    const tensor = lowering.emit.main(op, [inner], { axis: int(order.indexOf(last)) });
    return { dtype: x.dtype, shape: x.shape, tensor, order } satisfies NodeValue;
  };
}

/** Batch norm at inference, softmax. */
export const normalisationRules: NodeRules = {
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  LogSoftmax: softmax('LogSoftmax'),
  Softmax: softmax('Softmax'),
};
