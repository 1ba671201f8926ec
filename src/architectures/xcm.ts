import type { Graph } from '../graph/graph.ts';
import { averaged, batchNorm, conv, convOfEachFeature, joined } from './convolution.ts';
import type { Network } from './network.ts';

/**
 * A 2-D branch over every feature and a 1-D branch over all, joined (Fauvel 2021); layers as in tsai.
 * @param filters of every block; the paper's is 128
 * @param window steps of the kernels
 */
export function xcm(net: Network, filters: number, window: number): Graph {
  const { features } = net.size;
  const relu = (path: string, x: string) => net.add(path, 'Relu', [x]);
  const image = net.add('conv2dblock.0', 'Unsqueeze', [net.input, net.integers('conv2dblock.0.axes', [1])]);
  const wide = convOfEachFeature(net, 'conv2dblock.1', image, [1, filters, window]);
  const seen = relu('conv2dblock.3', batchNorm(net, 'conv2dblock.2', wide, filters));
  const narrow = convOfEachFeature(net, 'conv2d1x1block.0', seen, [filters, 1, 1]);
  const each = net.add('conv2d1x1block.2', 'Squeeze', [
    relu('conv2d1x1block.1', narrow),
    net.integers('conv2d1x1block.2.axes', [1]),
  ]);
  const block = (path: string, x: string, inputs: number) => {
    const made = conv(net, `${path}.0`, x, [inputs, filters, window], { bias: true });
    return relu(`${path}.2`, batchNorm(net, `${path}.1`, made, filters));
  };
  const all = conv(net, 'conv1d1x1block.0', block('conv1dblock', net.input, features), [filters, 1, 1], {
    bias: true,
  });
  const both = joined(net, 'concat', [each, relu('conv1d1x1block.1', all)]);
  return net.finish('fc', averaged(net, 'gap', block('conv1d', both, features + 1)), filters);
}
