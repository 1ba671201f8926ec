import type { Graph } from '../graph/graph.ts';
import { averaged, conv } from './convolution.ts';
import type { Network } from './network.ts';

const KERNEL = 7;

/**
 * Causal dilated convolutions with shortcuts (Bai, Kolter & Koltun 2018), without weight norm and dropout; so many
 * blocks that the last step sees the first.
 * @param filters of every block; tsai's is 25
 */
export function tcn(net: Network, filters: number): Graph {
  let [x, inputs] = [net.input, net.size.features];
  let reach = 1;
  for (let level = 0; reach < net.size.steps; level++) {
    const dilation = 2 ** level;
    x = block(net, `tcn.network.${level}`, x, inputs, filters, dilation);
    inputs = filters;
    reach += 2 * (KERNEL - 1) * dilation;
  }
  return net.finish('linear', averaged(net, 'gap', x), inputs);
}

function block(net: Network, path: string, x: string, inputs: number, outputs: number, dilation: number) {
  const options = { bias: true, causal: true, dilation };
  const relu = (name: string, of: string) => net.add(`${path}.${name}`, 'Relu', [of]);
  const first = relu('relu1', conv(net, `${path}.conv1`, x, [inputs, outputs, KERNEL], options));
  const second = relu('relu2', conv(net, `${path}.conv2`, first, [outputs, outputs, KERNEL], options));
  const shortcut =
    inputs === outputs ? x : conv(net, `${path}.downsample`, x, [inputs, outputs, 1], { bias: true });
  return relu('relu', net.add(path, 'Add', [second, shortcut]));
}
