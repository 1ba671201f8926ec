import type { Graph } from '../graph/graph.ts';
import { averaged, convBlock } from './convolution.ts';
import type { Network } from './network.ts';

/** Three convolutions and the mean over time (Wang, Yan & Oates 2017). @param filters of the first; the paper's is 128 */
export function fcn(net: Network, filters: number): Graph {
  return net.finish('fc', averaged(net, 'gap', fcnBody(net, filters)), filters);
}

/** Feature maps [N, filters, T] of the three blocks. */
export function fcnBody(net: Network, filters: number): string {
  const first = convBlock(net, 'convblock1', net.input, [net.size.features, filters, 7]);
  const second = convBlock(net, 'convblock2', first, [filters, 2 * filters, 5]);
  return convBlock(net, 'convblock3', second, [2 * filters, filters, 3]);
}
