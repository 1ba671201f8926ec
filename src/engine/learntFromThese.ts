import { basename } from 'node:path';
import { dataHash } from '../data/dataHash.ts';
import type { Finding } from '../finding.ts';
import { Refusal } from '../refusal.ts';
import { type LearntFrom, learntFrom } from '../repair/learntFrom.ts';
import type { OpenModel } from './models.ts';

/**
 * Whether a model has learnt from the very data it is looked at with, by its own word: a repair before a training.
 * @throws Refusal where the data can no longer be read; the signal's reason when cancelled
 */
export async function learntFromThese(
  { classifier }: Pick<OpenModel, 'classifier'>,
  { data, content }: { readonly data: string; readonly content?: Uint8Array },
  signal?: AbortSignal,
): Promise<LearntFrom | undefined> {
  const all = learntFrom(classifier.graph.metadata);
  if (all.length === 0) return undefined;
  const hash = await dataHash(data, content, signal);
  const these = all.filter(({ sha256 }) => sha256 === hash);
  return these.findLast(({ by }) => by !== 'train') ?? these[0];
}

/** For everybody who counts right answers or rates. */
export function learntFinding(learnt: LearntFrom | undefined): Finding[] {
  if (!learnt) return [];
  return [
    {
      code: 'learnt-from-these',
      severity: 'warning',
      sentence: `This model has learnt from these instances (${how(learnt)}, by its SHA-256): accuracy and what else is measured here flatter it; judge it on other instances.`,
    },
  ];
}

/** @throws Refusal `cannot-repair` where the folds of a repair would be judged on what the model has learnt from */
export function notRepairedWithThese(learnt: LearntFrom | undefined, path: string): void {
  if (!learnt || learnt.by === 'train') return;
  throw new Refusal(
    'cannot-repair',
    `${basename(path)} has learnt from these very instances (${how(learnt)}, by its SHA-256), so no repair of it can be judged on them: repair ${learnt.model ?? 'the model it was made from'} instead, with --mask-input where it may take its mask as a second input, or give labelled instances that ${basename(path)} has not learnt from.`,
  );
}

function how({ by, data }: LearntFrom): string {
  return by === 'train' ? `trained on ${data}` : `repaired with ${data}: ${by}`;
}
