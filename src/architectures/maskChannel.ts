import { int } from '../graph/attributes.ts';
import type { Graph } from '../graph/graph.ts';
import { MASK_CHANNEL_SCOPE } from '../graph/masking/maskChannel.ts';
import { MASK_INPUT } from '../graph/masking/positionMask.ts';
import { int64 } from '../graph/tensor.ts';

const WITH_MASK = 'x_and_mask';
const AXES = 'mask_channel.axes';

/**
 * A network that reads one feature more, the padding mask [N, T], which becomes an input of its own.
 * @param graph written for F + 1 features
 */
export function withMaskChannel(graph: Graph): Graph {
  const input = graph.inputs[0]!;
  const [batch, features, steps] = input.dims;
  const node = { domain: '', attributes: {} };
  const channel = 'mask_channel';
  return {
    ...graph,
    inputs: [
      { ...input, dims: [batch!, Number(features) - 1, steps!] },
      { name: MASK_INPUT, dtype: 'float32', dims: [batch!, steps!] },
    ],
    constants: new Map([...graph.constants, [AXES, int64([1], [1])]]),
    nodes: [
      {
        ...node,
        op: 'Unsqueeze',
        name: `${MASK_CHANNEL_SCOPE}/Unsqueeze`,
        inputs: [MASK_INPUT, AXES],
        outputs: [channel],
      },
      {
        ...node,
        op: 'Concat',
        name: `${MASK_CHANNEL_SCOPE}/Concat`,
        inputs: [input.name, channel],
        outputs: [WITH_MASK],
        attributes: { axis: int(1) },
      },
      ...graph.nodes.map((one) => ({
        ...one,
        inputs: one.inputs.map((name) => (name === input.name ? WITH_MASK : name)),
      })),
    ],
  };
}
