import type { Classifier } from '../graph/classifier.ts';
import { isLastConvolution, lastConvolutionSaid } from '../graph/layerByDefault.ts';
import { stepWeights } from '../graph/stepWeights.ts';

/** By the code of the finding. */
const WRITTEN_IN: Readonly<Record<string, readonly [readonly [string, string]]>> = {
  'half-precision': [['half', 'float16']],
  'double-precision': [['double', 'float64']],
};

/**
 * What no repair takes away, by the layer that is the cause; and what else than the mask is not as it was.
 * @param steps T of the series
 */
export function limits(plain: Classifier, steps: number): string[] {
  const own = stepWeights(plain).map(
    ({ layer, positions }) =>
      `Layer ${layer} has weights of its own for each of ${positions} positions (a flatten head or the like): masks take away what the padding looks like, and not where it lies or how many steps are real. Keep the padding on one side, or train anew with pooling over time.`,
  );
  const other = plain.findings.flatMap(({ code }) => WRITTEN_IN[code] ?? []);
  const half = other.map(
    ([name, type]) =>
      `The model is in ${name} precision. What is written computes in float32 and takes float32: code that feeds it ${type} has to feed float32.`,
  );
  const last = plain.layers.find(isLastConvolution);
  const isWhole = last !== undefined && (last.receptiveField.size ?? 0) >= steps;
  return isWhole
    ? [
        ...half,
        ...own,
        `One position of ${lastConvolutionSaid(last)}, reads all ${steps} steps: how many real steps lie under it is itself a length, which no mask takes away. Retrain with a shorter window.`,
      ]
    : [...half, ...own];
}
