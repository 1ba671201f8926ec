import type { Classifier } from '../../src/graph/classifier.ts';
import { maskedClassifier } from '../../src/graph/masking/maskedClassifier.ts';
import type { Runtime } from '../../src/graph/runtime.ts';
import { elementCount, float32, numbers, type Tensor } from '../../src/graph/tensor.ts';
import { runInBatches } from '../../src/runtime/runInBatches.ts';
import { relativeDifference } from '../fixtures/reference.ts';
import { randomNumbers } from '../unit/gradient/opCase.ts';

/**
 * How much the masked model's logits change when the last third of the steps, masked away, is filled with noise: 0
 * where the mask keeps padding out.
 * @throws Refusal `cannot-mask`
 */
export async function maskedKeepsOut(classifier: Classifier, x: Tensor, runtime: Runtime): Promise<number> {
  const masked = await maskedClassifier(classifier, runtime);
  const { input, graph, logits } = masked;
  const time = input.layout.indexOf('T');
  const steps = x.dims[time]!;
  const length = Math.ceil((steps * 2) / 3);
  const behind = elementCount(x.dims.slice(time + 1));
  const random = randomNumbers(9);
  const filled = (value: () => number) =>
    float32(
      x.dims,
      Float32Array.from(numbers(x), (old, i) => (Math.floor(i / behind) % steps < length ? old : value())),
    );
  const rows = Array.from({ length: x.dims[0]! * steps }, (_, i) => (i % steps < length ? 1 : 0));
  const mask = float32([x.dims[0]!, steps], rows);
  const session = await runtime.load({ ...graph, outputs: [{ name: logits, dtype: null, dims: [] }] });
  try {
    const { batch } = input;
    const groups =
      batch === null
        ? ({ kind: 'upTo', size: x.dims[0]! } as const)
        : ({ kind: 'fixed', size: batch } as const);
    const answer = async (value: () => number) => {
      const feeds = { [input.name]: filled(value), [masked.maskInput!]: mask };
      return numbers((await runInBatches(session, feeds, groups))[logits]!);
    };
    return relativeDifference(await answer(() => random() * 6 - 3), await answer(() => 0));
  } finally {
    await session.dispose();
  }
}
