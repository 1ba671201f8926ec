import { int, ints } from '../graph/attributes.ts';
import { axes, type Network } from './network.ts';

interface ConvOptions {
  readonly bias?: boolean;
  readonly dilation?: number;
  /** Reads the past only: all padding stands before the first step. */
  readonly causal?: boolean;
}

/** Convolution along time that keeps T, as PyTorch's `padding="same"` does: of an even kernel the longer pad is the last. */
export function conv(
  net: Network,
  path: string,
  x: string,
  [inputs, outputs, kernel]: readonly [inputs: number, outputs: number, kernel: number],
  { bias = false, dilation = 1, causal = false }: ConvOptions = {},
): string {
  const bound = 1 / Math.sqrt(inputs * kernel);
  const weights = [net.uniform(`${path}.weight`, [outputs, inputs, kernel], bound)];
  if (bias) weights.push(net.uniform(`${path}.bias`, [outputs], bound));
  const reach = dilation * (kernel - 1);
  const before = causal ? reach : Math.floor(reach / 2);
  return net.add(path, 'Conv', [x, ...weights], {
    kernel_shape: ints([kernel]),
    dilations: ints([dilation]),
    pads: ints([before, reach - before]),
  });
}

/** The same kernel over every feature: [N, 1, F, T] → [N, outputs, F, T]. */
export function convOfEachFeature(
  net: Network,
  path: string,
  x: string,
  [inputs, outputs, kernel]: readonly [inputs: number, outputs: number, kernel: number],
): string {
  const bound = 1 / Math.sqrt(inputs * kernel);
  const weight = net.uniform(`${path}.weight`, [outputs, inputs, 1, kernel], bound);
  const bias = net.uniform(`${path}.bias`, [outputs], bound);
  const before = Math.floor((kernel - 1) / 2);
  return net.add(path, 'Conv', [x, weight, bias], {
    kernel_shape: ints([1, kernel]),
    pads: ints([0, before, 0, kernel - 1 - before]),
  });
}

/** As PyTorch makes it: γ 1, β 0, running mean 0 and variance 1; [N, C, …] stays as it is. */
export function batchNorm(net: Network, path: string, x: string, channels: number): string {
  return net.add(path, 'BatchNormalization', [
    x,
    net.filled(`${path}.weight`, channels, 1),
    net.filled(`${path}.bias`, channels, 0),
    net.filled(`${path}.running_mean`, channels, 0),
    net.filled(`${path}.running_var`, channels, 1),
  ]);
}

/** Convolution, batch norm and, unless told otherwise, ReLU: `path.0`, `path.1`, `path.2`. */
export function convBlock(
  net: Network,
  path: string,
  x: string,
  sizes: readonly [inputs: number, outputs: number, kernel: number],
  act = true,
): string {
  const normed = batchNorm(net, `${path}.1`, conv(net, `${path}.0`, x, sizes), sizes[1]);
  return act ? net.add(`${path}.2`, 'Relu', [normed]) : normed;
}

/** Mean over time of [N, C, T]. */
export function averaged(net: Network, path: string, x: string): string {
  return net.add(path, 'ReduceMean', [x], axes(2));
}

/** Channels beside each other: [N, C₁, T], [N, C₂, T] → [N, C₁ + C₂, T]. */
export function joined(net: Network, path: string, parts: readonly string[]): string {
  return net.add(path, 'Concat', parts, { axis: int(1) });
}
