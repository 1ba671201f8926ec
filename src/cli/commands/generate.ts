import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { generate, MOST_INSTANCES, SETS } from '../../evaluation/generators/sets.ts';
import { csvOf, projectOf, truthOf } from '../../evaluation/generators/writeSet.ts';
import { count as counted } from '../../format.ts';

import { alsoReadBy } from '../../project/alsoReadBy.ts';
import { Refusal } from '../../refusal.ts';
import { terminalLines } from '../../surfaces/terminal.ts';
import { command } from '../command.ts';
import { count, SEED } from '../options.ts';
import { Output, writeWhole } from '../output.ts';
import { answer } from '../say.ts';
import { absolute, oneOf } from '../words.ts';

export const generateSet = command({
  name: 'generate',
  files: ['SET', 'OUT_FOLDER'],
  summary: 'A set whose class comes from known cells: CSV, ground_truth.json, attribution.json',
  more: `SET is ${SETS.slice(0, -1).join(', ')} or ${SETS.at(-1)}.`,
  options: {
    instances: count('how many (default: 100)', 1, MOST_INSTANCES),
    seed: SEED,
  },
  read: ([set, folder], { instances = 100, seed = 1 }) => {
    const known = SETS.find((name) => name.toLowerCase() === set!.toLowerCase()) ?? oneOf('SET', set!, SETS);
    return { set: known, folder: absolute(folder!), instances, seed };
  },
  run: writeSet,
});

interface Asked {
  readonly set: (typeof SETS)[number];
  readonly folder: string;
  readonly instances: number;
  readonly seed: number;
}

/** @throws Refusal `cannot-write`, `output-there`, `settings-there` */
async function writeSet({ set, folder, instances, seed }: Asked): Promise<void> {
  const made = generate(set, instances, seed);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new Refusal('cannot-write', `Cannot make the folder ${folder} (${error.message}).`);
  });
  const data = join(folder, `${set}.csv`);
  const [truth, settings] = ['ground_truth.json', 'attribution.json'].map((name) => join(folder, name));
  const taken = [truth!, settings!].find((file) => existsSync(file) && !existsSync(data));
  if (taken !== undefined) {
    throw new Refusal(
      'output-there',
      `${folder} has ${basename(taken)} already, which is not of the set ${set}: name another folder.`,
    );
  }
  if (!existsSync(settings!)) {
    const other = await alsoReadBy(folder, { made: [data] });
    if (other !== undefined)
      throw new Refusal('settings-there', `An attribution.json in ${folder} ${other}: name another folder.`);
  }
  const output = new Output(data);
  try {
    for (const rows of csvOf(made)) await output.write(rows);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  await writeWhole(truth!, `${JSON.stringify(truthOf(made))}\n`);
  await writeWhole(settings!, `${JSON.stringify(projectOf(made), null, 2)}\n`);
  await answer(
    terminalLines([
      `${data}: ${counted(instances, 'instance')}, ${counted(made.features, 'feature')}, ${made.steps} steps`,
    ]),
  );
}
