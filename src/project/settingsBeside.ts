import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkTarget } from '../files/checkTarget.ts';
import { Refusal } from '../refusal.ts';
import { projectFileName, readProject } from './project.ts';

/**
 * Where the settings of a new model go: beside it, under its own name where there are settings already, as they may belong to other models.
 * @param read the attribution.json that the training reads
 * @throws Refusal `output-is-input`, `settings-there` where that name is taken by settings that are read, or are not of this model
 */
export async function settingsBeside(model: string, read?: string): Promise<string> {
  const usual = join(dirname(model), projectFileName);
  if (!(await exists(usual))) return usual;
  const stem = basename(model).replace(/\.onnx$/i, '');
  const own = join(dirname(model), `${stem}.${projectFileName}`);
  await checkTarget(own, [read]);
  if ((await exists(own)) && !(await isOf(model, own))) {
    throw new Refusal(
      'settings-there',
      `${basename(own)}, where the settings of ${basename(model)} go, is there already and does not name this model: name another file to write, or move it away.`,
    );
  }
  return own;
}

async function isOf(model: string, settings: string): Promise<boolean> {
  try {
    const named = (await readProject(settings)).model;
    return named !== undefined && resolve(named) === resolve(model);
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
