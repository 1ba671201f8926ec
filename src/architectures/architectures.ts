import type { Graph } from '../graph/graph.ts';
import { fcn } from './fcn.ts';
import { inceptionTime } from './inceptionTime.ts';
import { lstmFcn } from './lstmFcn.ts';
import { Network, type NetworkSize } from './network.ts';
import { recurrent } from './recurrent.ts';
import { resnet } from './resnet.ts';
import { tcn } from './tcn.ts';
import { xcm } from './xcm.ts';

interface Architecture {
  /** As the paper writes it. */
  readonly title: string;
  /** The paper's filters of the first convolution (of tcn tsai's), or units of the recurrent state. */
  readonly filters: number;
  readonly write: (net: Network, filters: number, window: number) => Graph;
}

/** The architectures that can be trained from scratch; a new one is a file and its place here. */
export const ARCHITECTURES = {
  xcm: { title: 'XCM', filters: 128, write: xcm },
  inceptiontime: { title: 'InceptionTime', filters: 32, write: inceptionTime },
  fcn: { title: 'FCN', filters: 128, write: fcn },
  resnet: { title: 'ResNet', filters: 64, write: resnet },
  'lstm-fcn': { title: 'LSTM-FCN', filters: 128, write: lstmFcn },
  tcn: { title: 'TCN', filters: 25, write: tcn },
  lstm: { title: 'LSTM', filters: 100, write: (net, units) => recurrent(net, 'LSTM', units) },
  gru: { title: 'GRU', filters: 100, write: (net, units) => recurrent(net, 'GRU', units) },
} as const satisfies Readonly<Record<string, Architecture>>;

/** A network that can be trained from scratch, as the command line names it. */
export type ArchitectureName = keyof typeof ARCHITECTURES;

/** Share of T that the kernels of XCM are long: one of the paper's choices; the whole length cannot be told from it. */
const WINDOW = 0.2;

/**
 * A classifier [N, F, T] → [N, C] with random weights.
 * @param seed same seed, same weights
 * @param filters instead of the paper's
 */
export function newNetwork(
  name: ArchitectureName,
  size: NetworkSize,
  seed: number,
  filters: number = ARCHITECTURES[name].filters,
): Graph {
  const window = Math.max(1, Math.round(WINDOW * size.steps));
  const { write }: Architecture = ARCHITECTURES[name];
  return write(new Network(size, seed), filters, window);
}
