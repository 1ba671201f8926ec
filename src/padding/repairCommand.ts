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

/** The command line that tries a piece of advice on a copy of the model, beside what else fits; null where there is none to try. */
export function repairCommand(
  { tryIt, maskInput }: Pick<Advice, 'tryIt' | 'maskInput'>,
  { model, data, options = [] }: RepairedFiles,
): string | null {
  if (tryIt === null) return null;
  const files = [model, data].map((name) => (name.startsWith('-') ? `./${name}` : name));
  // Where the files lie says which shell there is, also to a page that is read somewhere else.
  const shell = files.some((name) => name.includes('\\')) ? 'windows' : 'posix';
  const form = maskInput ? ['--mask-input'] : [];
  return commandLine(['attribution-lens', 'repair', ...files, ...options, ...form], shell);
}
