import { commandLine } from '../surfaces/commandLine.ts';
import type { Advice } from './audit.ts';

/** What the command is about. */
export interface RepairedFiles {
  readonly model: string;
  readonly data: string;
  /** Further words, such as `--mask trailing`. */
  readonly options?: readonly string[];
}

/** What advice rests on was measured on other models: which repair helps this one is for `repair` to find. */
export const TRY_IT = 'Try it on a copy; repair judges it and others on this model';

/** The command of advice that is about another model. */
const TRY_THAT = 'Repair the model it was made from; it is judged on these instances';

/** What stands beside the command. */
export function tryWords({ onModel }: Pick<Advice, 'onModel'>): string {
  return onModel === undefined ? TRY_IT : TRY_THAT;
}

/** The command line that tries a piece of advice on a copy of the model, beside what else fits; null where there is none to try. */
export function repairCommand(
  { tryIt, maskInput, onModel }: Pick<Advice, 'tryIt' | 'maskInput' | 'onModel'>,
  { model, data, options = [] }: RepairedFiles,
): string | null {
  if (tryIt === null && onModel === undefined) return null;
  const repaired =
    onModel === undefined
      ? model
      : `${model.slice(0, 1 + Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')))}${onModel}`;
  const files = [repaired, data].map((name) => (name.startsWith('-') ? `./${name}` : name));
  // Where the files lie says which shell there is, also to a page that is read somewhere else.
  const shell = files.some((name) => name.includes('\\')) ? 'windows' : 'posix';
  const form = maskInput ? ['--mask-input'] : [];
  return commandLine(['attribution-lens', 'repair', ...files, ...options, ...form], shell);
}
