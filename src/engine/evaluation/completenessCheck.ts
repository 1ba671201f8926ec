import type { Explanation } from '../../attribution/explanation.ts';
import type { CompletenessCheck } from '../../evaluation/completeness.ts';
import type { ExplainedCase } from '../../evaluation/explainedCase.ts';
import { EVALUATION_THRESHOLDS } from '../../evaluation/thresholds.ts';
import { findHead, logitsOfNothing } from '../audit/headSplit.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainMany } from '../explain.ts';
import type { OpenModel } from '../models.ts';
import type { EvaluateRequest } from '../requests.ts';

/** Where a pooled-linear head follows, g is the same at every position and both are the exact split of the logit. */
const SPLITS_THE_LOGIT: readonly string[] = ['gradcam', 'hirescam'];

/** How the maps were made, and what each says of its own sum. */
interface Explained extends Pick<Explanation, 'how' | 'layer'> {
  readonly sums: readonly Explanation['completeness'][];
}

/**
 * What the method's signed maps add up to, and what they must add up to: logit − bias at the last layer of a pooled-linear
 * head for Grad-CAM and HiResCAM, what integrated gradients say of themselves, nothing for the others.
 */
export async function completenessCheck(
  caches: Caches,
  request: EvaluateRequest,
  model: OpenModel,
  explained: Explained,
  cases: readonly ExplainedCase[],
  context: CallContext,
): Promise<CompletenessCheck | string> {
  const { layer, sums: said } = explained;
  const { method, maskedAlpha } = explained.how;
  const own = said.filter((one) => one !== undefined);
  if (own.length === cases.length) {
    return {
      identity: 'logit(x) − logit(baseline)',
      sums: own.map(({ sum }) => sum),
      expected: own.map(({ difference }) => difference),
      tolerance: EVALUATION_THRESHOLDS.integralGap,
    };
  }
  if (!SPLITS_THE_LOGIT.includes(method)) {
    return 'Nothing says what a map of this method must add up to; integrated gradients, and Grad-CAM or HiResCAM at the last layer of a pooled-linear head, have a sum to hold.';
  }
  const head = findHead(model);
  if ('unavailable' in head) return head.unavailable;
  if (head.layer.tensor !== layer.tensor) {
    return `At ${layer.name} nothing says what the map must add up to; at ${head.layer.name}, the last layer of the pooled-linear head, it is logit − bias.`;
  }
  if (maskedAlpha && method === 'gradcam') {
    return 'With weights over real steps only the map is no split of the logit; weights over all positions are.';
  }
  const bias = await logitsOfNothing(model, head.head);
  const sums = new Map<number, number>();
  for await (const one of signedMaps(caches, request, cases, context)) {
    sums.set(one.instance.index, total(one.native.values));
  }
  return {
    identity: 'logit − bias',
    sums: cases.map(({ index }) => sums.get(index)!),
    expected: cases.map(({ logit, target }) => logit - bias[target]!),
    tolerance: EVALUATION_THRESHOLDS.exactGap,
  };
}

/** The same maps without their ReLU, class by class. */
async function* signedMaps(
  caches: Caches,
  request: EvaluateRequest,
  cases: readonly ExplainedCase[],
  context: CallContext,
): AsyncGenerator<Explanation> {
  for (const target of new Set(cases.map((one) => one.target))) {
    const positions = cases.filter((one) => one.target === target).map(({ index }) => index);
    const asked = { ...request, target, relu: false };
    for await (const batch of explainMany(caches, asked, positions, context)) yield* batch;
  }
}

function total(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
