import type { Graph } from '../graph/graph.ts';
import { averaged, batchNorm, convBlock } from './convolution.ts';
import type { Network } from './network.ts';

/** Three residual blocks (Wang, Yan & Oates 2017). @param filters of the first block; the paper's is 64 */
export function resnet(net: Network, filters: number): Graph {
  const first = block(net, 'resblock1', net.input, net.size.features, filters);
  const second = block(net, 'resblock2', first, filters, 2 * filters);
  const third = block(net, 'resblock3', second, 2 * filters, 2 * filters);
  return net.finish('fc', averaged(net, 'gap', third), 2 * filters);
}

function block(net: Network, path: string, x: string, inputs: number, outputs: number): string {
  const first = convBlock(net, `${path}.convblock1`, x, [inputs, outputs, 7]);
  const second = convBlock(net, `${path}.convblock2`, first, [outputs, outputs, 5]);
  const third = convBlock(net, `${path}.convblock3`, second, [outputs, outputs, 3], false);
  const shortcut =
    inputs === outputs
      ? batchNorm(net, `${path}.shortcut`, x, inputs)
      : convBlock(net, `${path}.shortcut`, x, [inputs, outputs, 1], false);
  return net.add(`${path}.act`, 'Relu', [net.add(`${path}.add`, 'Add', [third, shortcut])]);
}
