import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readBeside } from '../data/folder/readBeside.ts';
import { checkTarget } from '../files/checkTarget.ts';
import { Refusal } from '../refusal.ts';
import { alsoReadBy } from './alsoReadBy.ts';
import { projectFileName, readProject } from './project.ts';

/** `apart` where attribution.json would have to be replaced. */
export const IS_THERE = 'is there already';

/** Where the settings of a new model go. */
export interface SettingsBeside {
  readonly path: string;
  /** Why they are called after the model, in words behind `an attribution.json beside the model`; undefined where they are not. */
  readonly apart?: string;
}

/**
 * Where the settings of a new model go: beside it, as attribution.json where that changes how no other file is read, else
 * under the model's own name.
 * @param read the attribution.json that the training reads
 * @param taught files or folders it is taught and judged with: they are meant to be read by it
 * @throws Refusal `output-is-input`, `settings-there` where that name is taken by settings that are read, or are not of this model
 */
export async function settingsBeside(
  model: string,
  { read, taught = [] }: { readonly read?: string; readonly taught?: readonly string[] } = {},
): Promise<SettingsBeside> {
  const folder = dirname(resolve(model));
  const usual = join(folder, projectFileName);
  const apart = (await exists(usual))
    ? IS_THERE
    : await alsoReadBy(folder, { made: [resolve(model)], taught: await filesOf(taught) });
  if (apart === undefined) return { path: usual };
  const stem = basename(model).replace(/\.onnx$/i, '');
  const own = join(folder, `${stem}.${projectFileName}`);
  await checkTarget(own, [read]);
  if ((await exists(own)) && !(await isOf(model, own))) {
    throw new Refusal(
      'settings-there',
      `${basename(own)}, where the settings of ${basename(model)} go, is there already and does not name this model: name another file to write, or move it away.`,
    );
  }
  return { path: own, apart };
}

/** Those of folders one by one, with what is read beside them. */
async function filesOf(named: readonly string[]): Promise<string[]> {
  return (await Promise.all(named.map(async (one) => [resolve(one), ...(await readBeside(one))]))).flat();
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
