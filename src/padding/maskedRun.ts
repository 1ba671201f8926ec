import type { Case } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import type { MaskedRun } from './audit.ts';
import type { MaskedModel } from './auditModel.ts';
import { bootstrapMean, mean, wilsonRate } from './estimate.ts';

/** How far the answers move when every layer is masked: a different model, not a better one. */
export async function maskedRun(
  cases: readonly Case[],
  predicted: Int32Array,
  model: MaskedModel,
  random: Random,
): Promise<MaskedRun> {
  const [plain, masked] = [await model.plain(cases), await model.masked(cases)];
  const change = (of: 'logits' | 'probabilities') =>
    cases.map((_, i) => {
      const at = i * plain.classes + predicted[i]!;
      return Math.abs(masked[of][at]! - plain[of][at]!);
    });
  const flips = cases.map((_, i) => (masked.predicted[i] === predicted[i] ? 0 : 1));
  return {
    meanAbsDlogit: bootstrapMean(change('logits'), random),
    meanAbsDp: bootstrapMean(change('probabilities'), random),
    flipRate: wilsonRate(mean(flips), cases.length),
  };
}
