import { elementCount } from '../tensor.ts';
import type { Term } from '../term.ts';
import type { WindowsTaken } from './batchTaken.ts';
import type { Step } from './step.ts';

const products = new WeakMap<Step, string>();

/** Σ over instances of dy [C, P] · uᵀ [P, K]: [C, K], once for each batch norm. */
export function windowProducts(step: Step, { centred }: WindowsTaken): string {
  const { builder } = step;
  const known = products.get(step);
  if (known !== undefined) return known;
  const [, channels, ...spatial] = step.outputDims() as [number, number, ...number[]];
  const rows = builder.reshape(step.gradient, [0, channels, elementCount(spatial)]);
  const each = builder.add('MatMul', [rows, builder.transpose(centred, [0, 2, 1])]);
  const made = builder.reduce('ReduceSum', each, [0], false);
  products.set(step, made);
  return made;
}

/** Σ dy·(x − mean) = Σ_k W·(Σ dy·u): [C]. */
export function scaleByWindows(step: Step, windows: WindowsTaken): Term {
  const each = step.term(windows.kernel).times(step.term(windowProducts(step, windows)));
  return step.term(step.builder.reduce('ReduceSum', each.name, [1], false));
}
