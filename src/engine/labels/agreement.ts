import type { Explanation } from '../../attribution/explanation.ts';
import { labelIndex } from '../../data/labelIndex.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainOne, modelFor, prepareOne } from '../explain.ts';
import { readySteps } from '../readySteps.ts';
import type { ExplainRequest } from '../requests.ts';
import { openSubject } from '../subject.ts';
import { checkLabels } from './checkLabels.ts';
import { type LabelOrder, orderFindings } from './labelOrder.ts';

/** How the labels of a file and the model's predictions go together. @throws Refusal as explainOne does */
export async function labelAgreement(
  caches: Caches,
  request: ExplainRequest,
  context: CallContext,
): Promise<LabelOrder> {
  const quiet: CallContext = { signal: context.signal, project: context.project };
  const subject = await openSubject(caches, request, quiet);
  const steps = await readySteps(caches, subject, quiet);
  const basis = JSON.stringify([steps, subject.mask, request.truncate ?? false]);
  const means = {
    sessions: caches.sessions,
    prepare: (instance: Parameters<typeof prepareOne>[1]) => prepareOne(subject, instance, steps, request),
    modelFor: (count: number) => modelFor(caches, subject, request, count),
  };
  return checkLabels(subject, basis, means, context);
}

/**
 * One instance of a file. Where its label is not what the model predicts, other labels are asked whether the names of
 * the classes are in the model's order. @throws Refusal as explainOne does
 */
export async function explainChecked(
  caches: Caches,
  request: ExplainRequest,
  context: CallContext,
): Promise<Explanation> {
  const explanation = await explainOne(caches, request, context);
  const { instance, prediction, findings } = explanation;
  const { label, of } = instance;
  if (prediction.values) return explanation;
  const agrees = label === undefined || labelIndex(label, prediction.classes) === prediction.predicted;
  if (agrees || of === 1) return explanation;
  const more = orderFindings(await labelAgreement(caches, request, context));
  return more.length === 0 ? explanation : { ...explanation, findings: [...more, ...findings] };
}
