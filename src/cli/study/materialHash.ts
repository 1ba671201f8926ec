import { createHash } from 'node:crypto';
import { dataHash } from '../../data/dataHash.ts';
import type { LearntRequest } from '../../engine/requests.ts';
import type { LocalEngine } from '../../engine/service.ts';
import { readProjectFile } from '../../project/project.ts';
import { writtenSettings } from '../../project/writtenSettings.ts';
import { crossedBeside, testBeside } from './testBeside.ts';

/**
 * SHA-256 (hex) of all that the networks of a training file rest on: the files, how settings say that they are read, and
 * the classes, features and steps that come of it. A training beside them writes down what it has found, which changes none.
 * @param known hashes found before, by files and settings as they stand: the series are looked at once for all networks
 * @throws Refusal as the reading of the files
 */
export async function materialHash(
  engine: LocalEngine,
  request: Omit<LearntRequest, 'judged'>,
  known = new Map<string, string>(),
): Promise<string> {
  const { data, project, set } = request;
  const crossed = crossedBeside(data);
  const judged = [testBeside(data), ...(crossed === undefined ? [] : [crossed])];
  const files = await Promise.all([data, ...judged].map((file) => dataHash(file)));
  const whole = project === undefined ? '' : await dataHash(project, await readProjectFile(project));
  const asTheyStand = JSON.stringify([request, files, whole]);
  const before = known.get(asTheyStand);
  if (before !== undefined) return before;
  const settings = await writtenSettings(project, set);
  const { features: _, ...read } = settings.data;
  const learnt = await engine.learntOf({ ...request, judged });
  const parts = [files, sorted(read), settings.mask, learnt.classes, learnt.features, learnt.steps];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  known.set(asTheyStand, hash);
  return hash;
}

function sorted(settings: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
