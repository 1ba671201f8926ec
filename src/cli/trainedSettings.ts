import { basename, dirname } from 'node:path';
import type { Finding } from '../finding.ts';
import { listed } from '../format.ts';
import { contains } from '../project/paths.ts';
import type { SettingsBeside } from '../project/settingsBeside.ts';

/**
 * What is read by the settings of a new model from now on, or why nothing is unless it is told to.
 * @param taught the files that were named for the training
 */
export function whoReads({ path, apart }: SettingsBeside, taught: readonly string[]): Finding[] {
  const name = basename(path);
  if (apart !== undefined) {
    const sentence = `The settings are in ${name}, as an attribution.json beside the model ${apart}. The model holds them, too; --config names them for a file whose columns have to be said.`;
    return [{ code: 'settings-apart', severity: 'info', sentence }];
  }
  const below = taught.filter((file) => contains(dirname(path), file));
  if (below.length === 0) return [];
  const files = listed(below.map((file) => basename(file)));
  const sentence = `${name} is read for ${files} from now on, whichever model is asked.`;
  return [{ code: 'settings-read', severity: 'info', sentence }];
}
