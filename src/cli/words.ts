import { extname, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';

/** What the words of a command line mean, whichever command they belong to. @throws Refusal `usage` */
export function wholeNumber(option: string, value: string, from: number, to: number): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) < from || Number(value) > to)
    throw usage(`--${option} takes a whole number from ${from} to ${to}, not ${JSON.stringify(value)}`);
  return Number(value);
}

/** `npm run cli` runs in the package's folder, but people mean the one they typed it in. */
export function absolute(value: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: typedIn } = process.env;
  return script === 'cli' && typedIn ? resolve(typedIn, value) : resolve(value);
}

/**
 * Where a command writes ONNX: the words may have been mixed up, and what is named would be lost.
 * @throws Refusal `usage`
 */
export function onnxPath(command: string, value: string): string {
  if (extname(value).toLowerCase() === '.onnx') return absolute(value);
  throw usage(
    `${command} writes ONNX, so the file that is written must end in .onnx, not ${JSON.stringify(value)}`,
  );
}

/**
 * Where an option writes a page, for the same reason.
 * @throws Refusal `usage`
 */
export function pagePath(option: string, value: string): string {
  if (/^\.html?$/i.test(extname(value))) return absolute(value);
  throw usage(`--${option} writes HTML, so its file must end in .html or .htm, not ${JSON.stringify(value)}`);
}

/** @throws Refusal `usage` for any other word */
export function oneOf<V extends string>(option: string, value: string, allowed: readonly V[]): V {
  const found = allowed.find((word) => word === value);
  if (found === undefined) {
    // Names in capitals are words of their own, not options.
    const name = option === option.toUpperCase() ? option : `--${option}`;
    throw usage(`${name} cannot be ${JSON.stringify(value)}: say ${allowed.join(', ')}`);
  }
  return found;
}

/**
 * As many files as the command has names; a last name with … takes several.
 * @throws Refusal `usage`
 */
export function exactly(
  command: string,
  names: readonly string[],
  files: readonly string[],
): readonly string[] {
  const several = names.at(-1)?.endsWith('…') && files.length > names.length;
  if (several) return files;
  if (files.length < names.length) {
    throw usage(`${command} needs ${names.slice(files.length).join(' and ')}`);
  }
  if (files.length > names.length) {
    const quotes = names.includes('DATA') ? '; a pattern of files goes in quotes' : '';
    const only = names.length ? `${names.join(' and ')} only` : 'options only';
    throw usage(`${command} takes ${only}, not ${JSON.stringify(files[names.length])}${quotes}`);
  }
  return files;
}

/** Words that do not make a command line. */
export function usage(what: string): Refusal {
  return new Refusal('usage', `${what} (attribution-lens --help shows everything).`);
}

/** What parseArgs objects to, as a refusal. */
export function parsing<T>(command: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      const [sentence] = error.message.split(/[.\n]/, 1);
      const [option] = /--[\w-]+/.exec(sentence!) ?? [];
      if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option !== undefined) {
        throw usage(
          `${option} ${/does not take/.test(sentence!) ? 'takes no value' : 'needs a value behind it'}`,
        );
      }
      throw usage(sentence!.replace(/^Unknown option '(.*)'/, `${command} has no option $1`));
    }
    throw error;
  }
}
