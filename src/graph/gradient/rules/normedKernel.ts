import { floatOf } from '../../attributes.ts';
import type { WindowsTaken } from '../batchTaken.ts';
import type { Step } from '../step.ts';
import { scaleByWindows, windowProducts } from '../windowProducts.ts';

/**
 * d logit / d kernel of the convolution before a batch norm in training, m values per channel, r = 1/√(variance + ε):
 * with dx = scale·r·(dy − Σdy/m − (x − mean)·r²·Σdy·(x − mean)/m), x − mean = W·u and Σ u = 0,
 * Σ dx·u = scale·r·(Σ dy·u − r²·Σdy·(x − mean)/m · W·Σ u·uᵀ). Nothing of the size of dx is made.
 * @param step of the batch norm
 */
export function normedKernel(step: Step, windows: WindowsTaken): string {
  const { builder } = step;
  const column = (vector: string) => step.term(builder.reshape(vector, [-1, 1]));
  const variance = step.term(step.input(4)).plus(floatOf(step.node, 'epsilon') ?? 1e-5);
  const back = scaleByWindows(step, windows).over(variance).over(step.term(step.batch!.count));
  const inner = step
    .term(windowProducts(step, windows))
    .minus(step.term(windows.spread).times(column(back.name)));
  const slope = step.term(step.input(1)).over(variance.root());
  return builder.reshape(inner.times(column(slope.name)).name, windows.kernelDims);
}
