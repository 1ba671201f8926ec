import { explainPrepared } from '../../attribution/explainInstances.ts';
import { zonesOf } from '../../attribution/zones.ts';
import type { Layer } from '../../graph/classifier.ts';
import { layerOrTensor } from '../../graph/layerOrTensor.ts';
import { type LinearHead, linearHead } from '../../graph/linearHead.ts';
import { elementCount, float32 } from '../../graph/tensor.ts';
import type { Unavailable } from '../../padding/audit.ts';
import type { SplitCase } from '../../padding/logitSplit.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import { inGroups } from '../../runtime/inGroups.ts';
import type { OpenModel } from '../models.ts';
import type { Sessions } from '../sessions.ts';

/** Maps that are there with all that belongs to them. */
const MOST_AT_ONCE = 64;

/** The layer a pooled-linear head reads, and the head alone. */
interface Head {
  readonly layer: Layer;
  readonly head: LinearHead;
}

/** The last linear layer and the layer it reads, or why there is none. */
export function findHead({ classifier }: OpenModel): Head | Unavailable {
  const head = linearHead(
    classifier.graph,
    classifier.logits,
    classifier.maskInput,
    new Set(classifier.layers.map(({ tensor }) => tensor)),
  );
  if (typeof head === 'string') return { unavailable: head };
  try {
    return { layer: layerOrTensor(classifier, head.tensor), head };
  } catch (reason) {
    if (reason instanceof Refusal) return { unavailable: reason.message };
    throw reason;
  }
}

/** What every position of the last feature map adds to the logit of the predicted class (HiResCAM of a linear head). */
export async function splitCases(
  {
    model,
    sessions,
    shape,
  }: { readonly model: OpenModel; readonly sessions: Sessions; readonly shape: InputShape },
  { layer, head }: Head,
  cases: readonly Case[],
): Promise<SplitCase[]> {
  const options = { method: 'hirescam', relu: false, maskedAlpha: false } as const;
  const session = await sessions.get(model, layer, options);
  const bias = await logitsOfNothing(model, head);
  const found: SplitCase[] = [];
  await inGroups(cases, MOST_AT_ONCE, async (group) => {
    const maps = await explainPrepared({
      model: model.classifier,
      layer,
      options,
      session,
      prepared: group.map((one) => ({ ...one, ...shape })),
      target: -1,
      instanceNames: group.map(({ id }) => id),
    });
    for (const [i, { native, logits, predicted }] of maps.entries()) {
      const { positions } = zonesOf(layer, group[i]!.mask);
      found.push({
        contributions: native.values,
        real: Uint8Array.from(positions, (zone) => (zone === 'REAL' ? 1 : 0)),
        logit: logits[predicted]!,
        bias: bias[predicted]!,
      });
    }
  });
  return found;
}

/** [C] what the head says to a feature map of zeros. */
export async function logitsOfNothing(
  { classifier, runtime }: OpenModel,
  head: LinearHead,
): Promise<Float32Array> {
  const dims = classifier.shapes.dims(head.tensor)!;
  const session = await runtime.load(head.graph);
  try {
    const zeros = float32(dims, new Float32Array(elementCount(dims)));
    const results = await session.run({ [head.tensor]: zeros });
    return (results[classifier.logits]!.data as Float32Array).slice(0, classifier.classes);
  } finally {
    await session.dispose();
  }
}
