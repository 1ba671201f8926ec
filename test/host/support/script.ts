import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionState } from '../../../src/session/state.ts';
import { project, put, repository, scratch } from './files.ts';
import { explain } from './lens.ts';

/** Prepares the data of the tiny model. */
export const script = readFileSync(join(repository, 'test/fixtures/scripts/tiny.mjs'), 'utf8');
/** Nothing runs. */
export const isIdle = ({ activity }: SessionState) => activity.kind === 'idle';
/** A folder whose attribution.json links a script, its data explained. */
export async function linked(text = script, name = 'preprocess.mjs') {
  const folder = scratch();
  const file = put(folder, name, text);
  project(folder, { preprocess: { script: name } });
  const data = join(folder, 'single.csv');
  const state = await explain(data);
  return { folder, file, data, state };
}
