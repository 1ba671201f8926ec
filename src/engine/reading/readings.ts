import type { Explanation } from '../../attribution/explanation.ts';
import { patchSettings } from '../../data/reading/patchSettings.ts';
import type { ProjectPatch } from '../../data/reading/readingPlan.ts';
import { correlation } from '../../padding/correlation.ts';
import { Refusal } from '../../refusal.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainOne } from '../explain.ts';
import { labelAgreement } from '../labels/agreement.ts';
import { modelForData } from '../modelForData.ts';
import { openDataset } from '../openDataset.ts';
import type { ExplainRequest, ReadingsRequest } from '../requests.ts';
import { openOwn, projectOf } from '../subject.ts';
import { planFor } from '../summaries.ts';
import { firstSteps } from './firstSteps.ts';
import type { ReadAs, Tried, WayAnswer } from './readAs.ts';

/**
 * Reads a file in several ways, and says what the model makes of each. A way that does not read is part of the answer.
 * @throws the signal's reason when cancelled
 */
export async function readings(
  caches: Caches,
  { ways, ...request }: ReadingsRequest,
  { report, signal }: CallContext,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  let before: Explanation | undefined;
  for (const [index, way] of ways.entries()) {
    signal?.throwIfAborted();
    const within: CallContext = {
      report: (share, what) => report?.((index + share) / ways.length, what),
      signal,
    };
    try {
      const { read, explanation } = await readAs(caches, request, way, before, within);
      if (index === 0) before = explanation;
      tried.push({ kind: 'read', read });
    } catch (error) {
      if (!(error instanceof Refusal) || signal?.aborted) throw error;
      tried.push({ kind: 'refused', sentence: error.message });
    }
  }
  return tried;
}

async function readAs(
  caches: Caches,
  request: Omit<ReadingsRequest, 'ways'>,
  way: ProjectPatch,
  before: Explanation | undefined,
  context: CallContext,
): Promise<{ read: ReadAs; explanation?: Explanation }> {
  const asked = {
    ...request,
    ...(way.mask !== undefined && { mask: undefined }),
    set: [...(request.set ?? []), ...patchSettings(way)],
  };
  const project = await projectOf(asked);
  const { model: path } = asked;
  const model =
    path === undefined
      ? undefined
      : await modelForData(caches, { ...asked, model: path }, project, { signal: context.signal });
  const { dataset } = model
    ? await openOwn(caches, asked, model, project, context)
    : await openDataset(caches, asked, project, undefined, context);
  const plain = { plan: planFor(asked.data, dataset), first: firstSteps(dataset) };
  if (path === undefined) return { read: plain };
  const there = Math.min(asked.instance ?? 0, dataset.instances.length - 1);
  try {
    const explained: ExplainRequest = { ...asked, model: path, instance: there };
    const explanation = await explainOne(caches, explained, context);
    const labelled =
      !explanation.prediction.values && dataset.instances.some(({ label }) => label !== undefined);
    const agreement = labelled ? await labelAgreement(caches, explained, context) : undefined;
    const answer = answerOf(explanation, before ?? explanation);
    return { read: { ...plain, answer, ...(agreement && { agreement }) }, explanation };
  } catch (error) {
    if (!(error instanceof Refusal) || context.signal?.aborted) throw error;
    return { read: { ...plain, fault: error.message } };
  }
}

function answerOf({ prediction, padding, map }: Explanation, before: Explanation): WayAnswer {
  const { classes, probabilities, logits, predicted } = prediction;
  const now = probabilities ?? logits;
  const then = before.prediction.probabilities ?? before.prediction.logits;
  const fits = map.rows === before.map.rows && map.columns === before.map.columns;
  const r = fits ? correlation(map.values, before.map.values) : Number.NaN;
  return {
    predicted: classes[predicted]!,
    ...(probabilities === undefined && { isValue: true }),
    p: now[predicted]!,
    pBefore: (probabilities ?? then)[before.prediction.predicted] ?? Number.NaN,
    real: padding.mask.reduce((sum, on) => sum + on, 0),
    steps: padding.mask.length,
    likeness: Number.isNaN(r) ? null : r,
  };
}
