import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from './folders.ts';

/** Copies the sample workspace as the .vsix carries it: without the scripts that made it. */
export async function copySample(folder: string): Promise<string> {
  const sample = join(root, 'media/sample');
  const workspace = join(folder, 'attribution-lens-sample');
  await cp(sample, workspace, {
    recursive: true,
    filter: (source) => relative(sample, source).split(/[\\/]/)[0] !== 'make',
  });
  return workspace;
}
