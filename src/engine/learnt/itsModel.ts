import { basename, dirname, join } from 'node:path';
import { dataHash } from '../../data/dataHash.ts';
import type { OpenModel } from '../models.ts';
import type { Learnt } from './learntCount.ts';

/** The path of the model that was repaired where it lies beside the repaired one; undefined where it does not. */
export async function itsModel(
  learnt: Pick<Learnt, 'model'> | undefined,
  { path, classifier }: Pick<OpenModel, 'path' | 'classifier'>,
): Promise<string | undefined> {
  if (learnt?.model === undefined || basename(learnt.model) !== learnt.model) return undefined;
  const { metadata } = classifier.graph;
  const isLast = metadata?.get('attribution.model') === learnt.model;
  const hash = isLast ? metadata?.get('attribution.model_sha256') : undefined;
  const beside = join(dirname(path), learnt.model);
  const found = await dataHash(beside).catch(() => undefined);
  return found !== undefined && (hash === undefined || hash === found) ? beside : undefined;
}
