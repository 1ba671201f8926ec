import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { projectFileName } from './project.ts';

/** Where the settings of a new model go: beside it, under its own name where there are settings already, as they may belong to other models. */
export async function settingsBeside(model: string): Promise<string> {
  const usual = join(dirname(model), projectFileName);
  const stem = basename(model).replace(/\.onnx$/i, '');
  return (await exists(usual)) ? join(dirname(model), `${stem}.${projectFileName}`) : usual;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
