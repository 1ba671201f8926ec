import type { Advice } from '../../padding/audit.ts';
import { commandLine } from '../../surfaces/commandLine.ts';

/** What the command is about. */
export interface RepairedFiles {
  readonly model: string;
  readonly data: string;
  /** Further words, such as `--mask trailing`. */
  readonly options?: readonly string[];
}

/** The command line that tries a piece of advice on a copy of the model; null where there is none to try. */
export function repairCommand(
  { tryIt }: Pick<Advice, 'tryIt'>,
  { model, data, options = [] }: RepairedFiles,
): string | null {
  if (tryIt === null) return null;
  const files = [model, data].map((name) => (name.startsWith('-') ? `./${name}` : name));
  return commandLine(['attribution-lens', 'repair', ...files, ...options, '--with', tryIt]);
}
