import { ints } from '../graph/attributes.ts';
import type { Graph } from '../graph/graph.ts';
import { averaged, batchNorm, conv, convBlock, joined } from './convolution.ts';
import type { Network } from './network.ts';

const DEPTH = 6;
const KERNELS = [39, 19, 9];

/** Six inception modules with a shortcut past every third (Ismail Fawaz 2020). @param filters of each branch; the paper's is 32 */
export function inceptionTime(net: Network, filters: number): Graph {
  const width = 4 * filters;
  let [x, channels] = [net.input, net.size.features];
  let [past, pastChannels] = [x, channels];
  for (let depth = 0; depth < DEPTH; depth++) {
    x = inception(net, `inceptionblock.inception.${depth}`, x, channels, filters);
    channels = width;
    if (depth % 3 !== 2) continue;
    const which = (depth - 2) / 3;
    const path = `inceptionblock.shortcut.${which}`;
    const shortcut =
      pastChannels === width
        ? batchNorm(net, path, past, width)
        : convBlock(net, path, past, [pastChannels, width, 1], false);
    x = net.add(`inceptionblock.act.${which}`, 'Relu', [
      net.add(`inceptionblock.add.${which}`, 'Add', [x, shortcut]),
    ]);
    [past, pastChannels] = [x, width];
  }
  return net.finish('fc', averaged(net, 'gap', x), width);
}

function inception(net: Network, path: string, x: string, inputs: number, filters: number): string {
  const narrow = inputs > 1 ? conv(net, `${path}.bottleneck`, x, [inputs, filters, 1]) : x;
  const from = inputs > 1 ? filters : inputs;
  const branches = longest(net.size.steps).map((kernel, i) =>
    conv(net, `${path}.convs.${i}`, narrow, [from, filters, kernel]),
  );
  const pooled = net.add(`${path}.maxconvpool.0`, 'MaxPool', [x], {
    kernel_shape: ints([3]),
    strides: ints([1]),
    pads: ints([1, 1]),
  });
  branches.push(conv(net, `${path}.maxconvpool.1`, pooled, [inputs, filters, 1]));
  const normed = batchNorm(net, `${path}.bn`, joined(net, `${path}.concat`, branches), 4 * filters);
  return net.add(`${path}.act`, 'Relu', [normed]);
}

/** The paper's kernels; no longer than the series, and odd. */
function longest(steps: number): number[] {
  return KERNELS.map((kernel) => Math.min(kernel, steps - 1 + (steps % 2)));
}
