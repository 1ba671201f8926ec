import { createHash } from 'node:crypto';
import { dataHash } from '../../data/dataHash.ts';
import { readProjectFile } from '../../project/project.ts';
import { crossedBeside, testBeside } from './testBeside.ts';

/** SHA-256 (hex) of all that the networks of a training file rest on: the files, attribution.json and the settings of the command line. */
export async function materialHash(
  data: string,
  project: string | undefined,
  set: readonly string[] = [],
): Promise<string> {
  const crossed = crossedBeside(data);
  const parts = [
    await dataHash(data),
    await dataHash(testBeside(data)),
    crossed === undefined ? '' : await dataHash(crossed),
    project === undefined ? '' : await dataHash(project, await readProjectFile(project)),
    ...set,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
