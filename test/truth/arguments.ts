import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ownFolder } from './models.ts';

export const HELP = `npm run truth -- [--folder DIR] [--seeds N] [NAME…]

Audits models whose truth is known and prints what was said beside it.

  NAME          only models whose name starts so, e.g. 002 or 018_B (all)
  --folder DIR  with truth.json and a folder per model (test/fixtures/truth)
  --seeds N     audit with seeds 1 to N (1)
`;

export interface Wanted {
  readonly folder: string;
  readonly seeds: readonly number[];
  readonly names: readonly string[];
}

/** What is asked for; a string is to be said instead: the help, or in one sentence what is wrong. */
export function wantedOf(args: readonly string[]): Wanted | { readonly say: string; readonly code: 0 | 2 } {
  const wrong = (say: string) => ({ say, code: 2 }) as const;
  let parsed: ReturnType<typeof parsedOf>;
  try {
    parsed = parsedOf(args);
  } catch (error) {
    return wrong(
      `${(error as Error).message.split('. ')[0]!.replace(/\.?$/, '.')} --help lists what there is.`,
    );
  }
  const { values, positionals } = parsed;
  if (values.help) return { say: HELP, code: 0 };
  const count = Number(values.seeds);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    return wrong(`--seeds takes a whole number from 1 to 1000, not "${values.seeds}".`);
  if (!existsSync(join(values.folder, 'truth.json')))
    return wrong(
      `There is no truth.json in "${values.folder}"; --folder takes a folder laid out as test/fixtures/truth.`,
    );
  return {
    folder: values.folder,
    seeds: Array.from({ length: count }, (_, i) => i + 1),
    names: positionals,
  };
}

function parsedOf(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      folder: { type: 'string', default: ownFolder },
      seeds: { type: 'string', default: '1' },
    },
  });
}
