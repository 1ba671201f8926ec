/** What moves the parameters after each step; defaults are PyTorch's. */
export type OptimiserOptions =
  | { readonly kind: 'sgd'; readonly momentum?: number; readonly weightDecay?: number }
  | {
      readonly kind: 'adam' | 'adamw';
      readonly betas?: readonly [number, number];
      readonly epsilon?: number;
      readonly weightDecay?: number;
    };

/** Adam, AdamW or SGD with its own memory. */
export interface Optimiser {
  /** Changes `values` in place. */
  step(values: readonly Float32Array[], gradients: readonly Float32Array[], rate: number): void;
}

/** @param sizes elements of each parameter */
export function createOptimiser(options: OptimiserOptions, sizes: readonly number[]): Optimiser {
  return options.kind === 'sgd' ? sgd(options, sizes) : adam(options, sizes);
}

/** v ← μ·v + g, w ← w − η·v (Polyak 1964), g with weight decay as L2. */
function sgd(
  { momentum = 0, weightDecay = 0 }: Extract<OptimiserOptions, { kind: 'sgd' }>,
  sizes: readonly number[],
): Optimiser {
  const velocity = sizes.map((size) => new Float32Array(momentum ? size : 0));
  return {
    step(values, gradients, rate) {
      for (const [i, w] of values.entries()) {
        const [g, v] = [gradients[i]!, velocity[i]!];
        for (let at = 0; at < w.length; at++) {
          let d = g[at]! + weightDecay * w[at]!;
          if (momentum) {
            d += momentum * v[at]!;
            v[at] = d;
          }
          w[at] = w[at]! - rate * d;
        }
      }
    },
  };
}

/** Adam (Kingma & Ba 2015); `adamw` decays the weights themselves (Loshchilov & Hutter 2019). */
function adam(
  options: Extract<OptimiserOptions, { kind: 'adam' | 'adamw' }>,
  sizes: readonly number[],
): Optimiser {
  const { kind, epsilon = 1e-8 } = options;
  const decay = options.weightDecay ?? (kind === 'adamw' ? 0.01 : 0);
  const [beta1, beta2] = options.betas ?? [0.9, 0.999];
  const first = sizes.map((size) => new Float32Array(size));
  const second = sizes.map((size) => new Float32Array(size));
  let count = 0;
  return {
    step(values, gradients, rate) {
      count++;
      const step = rate / (1 - beta1 ** count);
      const unbiased = 1 / Math.sqrt(1 - beta2 ** count);
      const [l2, shrink] = kind === 'adam' ? [decay, 1] : [0, 1 - rate * decay];
      for (const [i, w] of values.entries()) {
        const [g, m, v] = [gradients[i]!, first[i]!, second[i]!];
        for (let at = 0; at < w.length; at++) {
          const d = g[at]! + l2 * w[at]!;
          const mean = beta1 * m[at]! + (1 - beta1) * d;
          const square = beta2 * v[at]! + (1 - beta2) * d * d;
          m[at] = mean;
          v[at] = square;
          w[at] = shrink * w[at]! - (step * mean) / (Math.sqrt(square) * unbiased + epsilon);
        }
      }
    },
  };
}
