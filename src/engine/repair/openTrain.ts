import { basename } from 'node:path';
import { patchSettings } from '../../data/reading/patchSettings.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { areUnnamed } from '../../project/ownSettings.ts';
import { Refusal } from '../../refusal.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import type { DataRequest } from '../requests.ts';
import { openSubject, type Subject } from '../subject.ts';

/**
 * The file that a repair learns from, its features in the order of the file that it is judged on: what the model was
 * trained with is said by that one, where nothing else says it.
 * @param of the file that it is judged on, at `data`
 * @throws Refusal `train-differs`; those of openSubject
 */
export async function openTrain(
  caches: Caches,
  train: DataRequest & { readonly model: string },
  of: Subject,
  data: string,
  context: CallContext,
): Promise<{ readonly subject: Subject; readonly said: readonly Finding[] }> {
  const wanted = of.dataset.features;
  const byName = () => {
    const set = [...(train.set ?? []), ...patchSettings({ data: { features: wanted } })];
    return openSubject(caches, { ...train, set }, context);
  };
  const subject = await openSubject(caches, train, context).catch(async (reason) => {
    // Which of more columns are the features the other file tells.
    if (!isTooMany(reason)) throw reason;
    return byName().catch((other) => {
      throw other instanceof Refusal ? reason : other;
    });
  });
  const names = subject.dataset.features;
  const isTold = of.project?.data.features !== undefined || subject.project?.data.features !== undefined;
  if (isTold || wanted.join('\n') === names.join('\n') || wanted.length === 1) return { subject, said: [] };
  if (wanted.every((name) => names.includes(name))) {
    return { subject: await byName(), said: [] };
  }
  const [file, other] = [basename(train.data), basename(data)];
  if (areUnnamed(names) || areUnnamed(wanted)) {
    const sentence = `its features (${listed(names, 6)}) are taken for those of ${other} (${listed(wanted, 6)}) in this order: one of the two names none.`;
    return { subject, said: [{ code: 'features-by-order', severity: 'warning', sentence }] };
  }
  throw new Refusal(
    'train-differs',
    `The features of ${file} are ${listed(names, 12)} and those of ${other} ${listed(wanted, 12)}: give both the same names, or list those that both have with "features" under "data" in attribution.json.`,
  );
}

function isTooMany(reason: unknown): boolean {
  return reason instanceof Refusal && ['ask-too-many-columns', 'feature-count'].includes(reason.code);
}
