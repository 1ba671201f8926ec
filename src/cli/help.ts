import type { Command, Option, Options } from './command.ts';
import { wrapped } from './wrapped.ts';

const program = 'attribution-lens';
/** Where the words of an option begin. */
const COLUMN = 26;

const END = 'Exit code 0: done. 2: bad input, one sentence on standard error. 1: a defect of this program.\n';

/** `--help`: every command, then every option once. */
export function helpOf(commands: readonly Command[]): string {
  const options = commands.flatMap((each) =>
    Object.entries(each.options).map((entry) => [each, ...entry] as const),
  );
  const told = new Map<Option<unknown>, { readonly name: string; readonly of: string[] }>();
  for (const [{ name: of }, name, option] of options) {
    const before = told.get(option);
    if (before) before.of.push(of);
    else told.set(option, { name, of: [of] });
  }
  const isAmbiguous = (name: string) => [...told.values()].filter((each) => each.name === name).length > 1;
  const byName = [...told].sort(([, a], [, b]) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const lines = byName.map(([option, { name, of }]) =>
    optionLine(name, option, isAmbiguous(name) ? `${of.join(', ')}: ` : ''),
  );
  return [
    `${program}: why a time-series CNN said what it said, and where the padding lies`,
    ...commands.map((each) => usageOf(each, optionNames(each.options))),
    `Options (${program} COMMAND --help shows those of one command)`,
    lines.join('\n'),
    '  --help, --version',
    ...commands.flatMap(({ output }) => output ?? []),
    END,
  ].join('\n\n');
}

/** `explain --help` */
export function helpOfOne(one: Command): string {
  const lines = Object.entries(one.options).map(([name, option]) => optionLine(name, option, ''));
  const parts = [usageOf(one, ''), lines.join('\n'), one.output ?? ''];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function usageOf({ name, files, summary, more }: Command, options: string): string {
  const does = `${summary}.${more ? ` ${more}` : ''}`;
  return [
    `  ${[program, name, ...files].join(' ')}`,
    `      ${wrapped(does, 6)}`,
    ...(options ? [`      ${wrapped(options, 6)}`] : []),
  ].join('\n');
}

function optionNames(options: Options): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(' ');
}

function optionLine(name: string, { takes, help }: Option<unknown>, of: string): string {
  const head = `  --${name}${takes === null ? '' : ` ${takes}`}`;
  const words = wrapped(of + help, COLUMN);
  return head.length < COLUMN - 1 ? head.padEnd(COLUMN) + words : `${head}\n${' '.repeat(COLUMN)}${words}`;
}
