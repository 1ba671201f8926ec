import { commandLine } from '../surfaces/commandLine.ts';
import type { Advice } from './audit.ts';

/** What the command is about. */
export interface RepairedFiles {
  readonly model: string;
  readonly data: string;
  /** Further words, such as `--mask trailing`. */
  readonly options?: readonly string[];
}

/** The command line that tries a piece of advice on a copy of the model; null where there is none to try. */
export function repairCommand(
  { tryIt, maskInput }: Pick<Advice, 'tryIt' | 'maskInput'>,
  { model, data, options = [] }: RepairedFiles,
): string | null {
  if (tryIt === null) return null;
  const files = [model, data].map((name) => (name.startsWith('-') ? `./${name}` : name));
  // Where the files lie says which shell there is, also to a page that is read somewhere else.
  const shell = files.some((name) => name.includes('\\')) ? 'windows' : 'posix';
  const form = maskInput ? ['--mask-input'] : [];
  return commandLine(['attribution-lens', 'repair', ...files, ...options, '--with', tryIt, ...form], shell);
}
