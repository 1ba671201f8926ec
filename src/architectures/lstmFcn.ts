import type { Graph } from '../graph/graph.ts';
import { averaged, joined } from './convolution.ts';
import { fcnBody } from './fcn.ts';
import type { Network } from './network.ts';
import { lastState } from './recurrent.ts';

/**
 * An LSTM beside an FCN (Karim 2018): over time, without the paper's dimension shuffle and dropout.
 * @param filters of the first convolution; the paper's is 128, with 100 units
 */
export function lstmFcn(net: Network, filters: number): Graph {
  const units = Math.max(1, Math.round((100 * filters) / 128));
  const state = lastState(net, 'rnn', 'LSTM', units);
  const pooled = averaged(net, 'gap', fcnBody(net, filters));
  return net.finish('fc', joined(net, 'concat', [state, pooled]), units + filters);
}
