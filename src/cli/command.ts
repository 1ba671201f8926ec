import { parseArgs } from 'node:util';
import type { LocalEngine } from '../engine/service.ts';
import { exactly, parsing } from './words.ts';

/** An option of a command line: what it takes, what it is for, what its text means. */
export interface Option<T> {
  /** `FILE`, `N`, `light|dark`; null: it is a switch. */
  readonly takes: string | null;
  /** One or more sentences for `--help`. */
  readonly help: string;
  /** The words it may be, for completion. */
  readonly words?: readonly string[];
  /** It may be said again and again. */
  readonly several?: true;
  /**
   * @param name without its dashes
   * @param before what it read of those said before
   * @throws Refusal `usage` or another
   */
  readonly read: (text: string, name: string, before?: unknown) => T;
}

/** By name, without the dashes. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What was said of each option; absent: nothing. */
export type Said<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends Option<infer T> ? T : never;
};

/** A command as its file writes it down. `A` is what it was asked, checked: what `read` gives and `run` takes. */
interface CommandDefinition<O extends Options, A extends object> {
  readonly name: string;
  /** The words that stand without a dash, in order: `MODEL`, `OUT.onnx`. */
  readonly files: readonly string[];
  /** One sentence without its stop: the README's line of it. */
  readonly summary: string;
  /** More of what it does, for `--help`. */
  readonly more?: string;
  /** What stands in what it writes, for `--help`. */
  readonly output?: string;
  readonly options: O;
  /** @throws Refusal `usage` */
  readonly read: (files: readonly string[], said: Said<O>) => A;
  /** @throws Refusal */
  readonly run: (asked: A, engine: LocalEngine) => Promise<void>;
}

/** A command with its words read: ready to go. */
export interface ReadyCommand {
  readonly name: string;
  readonly asked: object;
  readonly run: (engine: LocalEngine) => Promise<void>;
}

/** One of the table: what help, completion and README are made of, and the way in. */
export interface Command extends Omit<CommandDefinition<Options, object>, 'read' | 'run'> {
  /** @param words those behind the command's name. @throws Refusal `usage` */
  readonly ready: (words: readonly string[]) => ReadyCommand;
}

/**
 * A command that reads its own words.
 * @throws Refusal `usage` from `read` where they do not fit
 */
export function command<O extends Options, A extends object>(definition: CommandDefinition<O, A>): Command {
  const { read, run, ...facts } = definition;
  const { name, files, options } = facts;
  const ready = (words: readonly string[]): ReadyCommand => {
    const { values, positionals } = parsing(name, () =>
      parseArgs({ args: joined(words, options), options: asTypes(options), allowPositionals: true }),
    );
    const named = exactly(name, files, positionals);
    const said = Object.fromEntries(
      Object.entries(values).map(([option, value]) => [option, readOne(options[option]!, option, value)]),
    );
    const asked = read(named, said as Said<O>);
    return { name, asked, run: (engine) => run(asked, engine) };
  };
  return { ...facts, ready };
}

/** A number below 0 behind an option is its value, so that the option says what it takes. */
function joined(words: readonly string[], options: Options): string[] {
  const args: string[] = [];
  for (const word of words) {
    const before = args.at(-1) ?? '';
    const takes = before.startsWith('--') && options[before.slice(2)]?.takes;
    if (takes && /^-[.\d]/.test(word)) args[args.length - 1] = `${before}=${word}`;
    else args.push(word);
  }
  return args;
}

type Parsed = string | boolean | readonly (string | boolean)[] | undefined;

function readOne({ read }: Option<unknown>, name: string, value: Parsed): unknown {
  const values = Array.isArray(value) ? value : [value];
  return values.reduce(
    (before, each) => read(typeof each === 'string' ? each : '', name, before),
    undefined as unknown,
  );
}

function asTypes(options: Options): Record<string, { type: 'string' | 'boolean'; multiple: boolean }> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { takes, several = false }]) => [
      name,
      { type: takes === null ? 'boolean' : 'string', multiple: several },
    ]),
  );
}
