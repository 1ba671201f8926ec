import type { Graph } from '../graph/graph.ts';
import { averaged, joined } from './convolution.ts';
import { fcnBody } from './fcn.ts';
import type { Network } from './network.ts';
import { lastState } from './recurrent.ts';

/** The paper's, of the LSTM's state. */
const DROPOUT = 0.8;

/**
 * An LSTM beside an FCN (Karim 2018): over time, without the paper's dimension shuffle; its dropout is of the last state.
 * @param filters of the first convolution; the paper's is 128, with 100 units
 */
export function lstmFcn(net: Network, filters: number): Graph {
  const units = Math.max(1, Math.round((100 * filters) / 128));
  const last = lastState(net, 'rnn', 'LSTM', units);
  const state = net.add('rnn_dropout', 'Dropout', [last, net.scalar('rnn_dropout.ratio', DROPOUT)]);
  const pooled = averaged(net, 'gap', fcnBody(net, filters));
  return net.finish('fc', joined(net, 'concat', [state, pooled]), units + filters);
}
