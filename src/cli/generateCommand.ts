import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate, MOST_INSTANCES, SETS } from '../evaluation/generators/sets.ts';
import { csvOf, projectOf, truthOf } from '../evaluation/generators/writeSet.ts';
import { Refusal } from '../refusal.ts';
import { terminalLines } from '../surfaces/terminal.ts';
import { Output, writeWhole } from './output.ts';
import { answer } from './say.ts';
import { absolute, exactly, oneOf, parsing, usage, wholeNumber } from './words.ts';

/** Writes a generated set with its truth. */
export interface GenerateCommand {
  readonly name: 'generate';
  readonly set: string;
  readonly folder: string;
  readonly instances: number;
  readonly seed: number;
}

const options = { instances: { type: 'string' }, seed: { type: 'string' } } as const;

/** @throws Refusal `usage` */
export function generateArguments(words: readonly string[]): GenerateCommand {
  const { values, positionals } = parsing('generate', () =>
    parseArgs({ args: [...words], options, allowPositionals: true }),
  );
  const [set, folder] = exactly('generate', ['SET', 'OUT_FOLDER'], positionals);
  const known = SETS.find((name) => name.toLowerCase() === set!.toLowerCase());
  if (known === undefined) oneOf('SET', set, SETS);
  const instances = wholeNumber('instances', values.instances) ?? 100;
  if (instances < 1 || instances > MOST_INSTANCES) {
    throw usage(`--instances takes a whole number from 1 to ${MOST_INSTANCES}`);
  }
  const seed = wholeNumber('seed', values.seed) ?? 1;
  return { name: 'generate', set: known!, folder: absolute(folder!), instances, seed };
}

/** @throws Refusal `cannot-write` */
export async function generateCommand({ set, folder, instances, seed }: GenerateCommand): Promise<void> {
  const made = generate(set, instances, seed);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new Refusal('cannot-write', `Cannot make the folder ${folder} (${error.message}).`);
  });
  const data = join(folder, `${set}.csv`);
  const output = new Output(data);
  try {
    for (const rows of csvOf(made)) await output.write(rows);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  await writeWhole(join(folder, 'ground_truth.json'), `${JSON.stringify(truthOf(made))}\n`);
  await writeWhole(join(folder, 'attribution.json'), `${JSON.stringify(projectOf(made), null, 2)}\n`);
  await answer(
    terminalLines([`${data}: ${instances} instances, ${made.features} features, ${made.steps} steps`]),
  );
}
