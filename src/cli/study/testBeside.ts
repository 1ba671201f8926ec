import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../../refusal.ts';

/** The test file that goes with a training file, as archives name them. @throws Refusal `no-test-file`, `file-missing` */
export function testBeside(train: string): string {
  const name = basename(train);
  const path = beside(train, 'test');
  if (path !== undefined) return path;
  if (!existsSync(train)) throw new Refusal('file-missing', `${name} does not exist.`);
  throw new Refusal(
    'no-test-file',
    `${name} has no test file beside it: a study judges networks on series they were not trained with, so name the files …TRAIN… and …TEST….`,
  );
}

/** Series whose length says nothing about their class, where a file of them stands there (…_CROSSED.ts). */
export function crossedBeside(train: string): string | undefined {
  return beside(train, 'crossed');
}

/** In whatever capitals, those of the training file first; of a name that says "train" twice the one that has a fellow. */
function beside(train: string, what: string): string | undefined {
  const name = basename(train);
  const folder = dirname(train);
  const there = existsSync(folder) ? readdirSync(folder) : [];
  for (const { 0: found, index } of [...name.matchAll(/train/gi)].reverse()) {
    const word = found === 'TRAIN' ? what.toUpperCase() : what;
    const like = `${name.slice(0, index)}${word}${name.slice(index + found.length)}`;
    const isIt = (other: string) => other.toLowerCase() === like.toLowerCase();
    const other = there.find((other) => other === like) ?? there.find(isIt);
    if (other !== undefined) return join(folder, other);
  }
  return undefined;
}
