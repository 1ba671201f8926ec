import { int, ints } from '../graph/attributes.ts';
import type { Graph } from '../graph/graph.ts';
import type { Network } from './network.ts';

/** Gates of a cell, as ONNX stacks them. */
const GATES = { LSTM: 4, GRU: 3 };

/** A recurrent network over the steps, read at the last one (Hochreiter & Schmidhuber 1997; Cho 2014). @param units of its state */
export function recurrent(net: Network, cell: keyof typeof GATES, units: number): Graph {
  return net.finish('fc', lastState(net, 'rnn', cell, units), units);
}

/** The state [N, units] behind the last step. */
export function lastState(net: Network, path: string, cell: keyof typeof GATES, units: number): string {
  const bound = 1 / Math.sqrt(units);
  const rows = GATES[cell] * units;
  const steps = net.add(path, 'Transpose', [net.input], { perm: ints([2, 0, 1]) });
  const inputs = [
    net.uniform(`${path}.weight_ih_l0`, [1, rows, net.size.features], bound),
    net.uniform(`${path}.weight_hh_l0`, [1, rows, units], bound),
    net.uniform(`${path}.bias_l0`, [1, 2 * rows], bound),
  ];
  const attributes = {
    hidden_size: int(units),
    ...(cell === 'GRU' && { linear_before_reset: int(1) }),
  };
  const all = net.add(path, cell, [steps, ...inputs], attributes);
  const series = net.add(path, 'Squeeze', [all, net.integers(`${path}.axes`, [1])]);
  const batch = net.add(path, 'Transpose', [series], { perm: ints([1, 0, 2]) });
  const last = net.add(path, 'Gather', [batch, net.integers(`${path}.last`, [-1])], { axis: int(1) });
  return net.add(path, 'Squeeze', [last, net.integers(`${path}.axes`, [1])]);
}
