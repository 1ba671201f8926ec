import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { float32, type Tensor } from '../../../../src/graph/tensor.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { CHANNELS, STEPS } from './grow.ts';

/** First and one past the last input step that changes each position, by changing one step at a time; from = to where none does. */
export async function bruteForce(
  runtime: Runtime,
  builder: GraphBuilder,
  y: string,
  input: (x: Float32Array, n: number) => void,
) {
  const graph = builder.build([{ name: y, dtype: null, dims: [] }]);
  const size = CHANNELS * STEPS;
  const x = new Float32Array((STEPS + 1) * size).fill(1);
  for (let step = 0; step < STEPS; step++) {
    input(x.subarray((step + 1) * size, (step + 2) * size), step);
  }
  const session = await runtime.load(graph, { optimize: false });
  const out = (await session.run({ x: float32([STEPS + 1, CHANNELS, STEPS], x) }))[y]!;
  await session.dispose();
  return changes(out);
}

function changes(out: Tensor): { from: number; to: number }[] {
  const [, channels, count] = out.dims as [number, number, number];
  const at = (n: number, c: number, p: number) => out.data[(n * channels + c) * count + p] as number;
  return Array.from({ length: count }, (_, p) => {
    const steps = Array.from({ length: STEPS }, (_, step) => step).filter((step) =>
      Array.from({ length: channels }, (_, c) => c).some((c) => differ(at(step + 1, c, p), at(0, c, p))),
    );
    return steps.length === 0 ? { from: 0, to: 0 } : { from: steps[0]!, to: steps.at(-1)! + 1 };
  });
}

/** More than rounding, which depends on where in the batch an instance stands. */
function differ(a: number, b: number): boolean {
  return Math.abs(a - b) > 1e-4 * Math.abs(b);
}

/** No answer from a runtime that refuses the model. */
export function refused(error: unknown): null {
  if (error instanceof Refusal && error.code === 'model-refused') return null;
  throw error;
}

/** Raises one step of all features of x [CHANNELS, STEPS]: so far that what an interpolation takes of it by a hundredth outdoes the other side of a Max. */
export const raise = (x: Float32Array, step: number) => {
  for (let c = 0; c < CHANNELS; c++) x[c * STEPS + step] = 1e6;
};
