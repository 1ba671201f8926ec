import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checkPlace } from '../data/folder/checkPlace.ts';
import { readBeside } from '../data/folder/readBeside.ts';
import type { LocalEngine } from '../engine/service.ts';
import { checkTarget } from '../files/checkTarget.ts';
import { findProject, readProject } from '../project/project.ts';
import { Refusal } from '../refusal.ts';

/** What a command may read and write, by the names that all commands use. */
interface Files {
  readonly model?: string;
  readonly data?: string | readonly string[];
  readonly train?: string;
  readonly test?: string;
  readonly config?: string;
  readonly truth?: { readonly path: string };
  readonly out?: string;
  readonly report?: string;
  /** The table that an explainer graph goes with. */
  readonly series?: string;
}

/** @throws Refusal `output-is-input`, `output-twice`, `output-name`, `output-in-data`, `cannot-write` */
export async function checkTargets(asked: Files, engine: LocalEngine): Promise<void> {
  const { model, data = [], train, test, config, truth, out, report, series } = asked;
  const targets = [out, report, series].filter((target) => target !== undefined);
  if (targets.length === 0) return;
  if (targets.some((target) => basename(target) === '-')) {
    throw new Refusal(
      'output-name',
      'A file named - is not written: give it another name; what a command prints goes to standard output without --out.',
    );
  }
  const [first, second] = targets;
  if (first !== undefined && second !== undefined && resolve(first) === resolve(second)) {
    const names = report === undefined ? 'OUT and --series' : '--out and --report';
    throw new Refusal('output-twice', `${names} both name ${basename(first)}; give each a file of its own.`);
  }
  const files = [data].flat();
  const settings = await settingsOf([config, ...files, model, train, test]);
  const inputs = [model, ...files, train, test, config, ...settings, truth?.path];
  for (const target of targets) await checkTarget(target, inputs);
  for (const target of targets) await checkPlaces(target, [...files, train, test]);
  if (!targets.some((target) => existsSync(target))) return;
  const unnamed = (await Promise.all([...files, train, test].map(readWith))).flat();
  for (const target of targets) await checkTarget(target, unnamed);
  // Weights beside the model are known once it is read, which only a file that is there can make worthwhile.
  if (model === undefined) return;
  const weights = await weightsOf(model, engine);
  for (const target of targets) await checkTarget(target, weights);
}

/**
 * Not in a folder that is read as one data set, as one of its files. What is wrong with the data is said by the command.
 * @throws Refusal `output-in-data`
 */
export async function checkPlaces(target: string, data: readonly (string | undefined)[]): Promise<void> {
  for (const one of data) {
    await (one === undefined ? undefined : checkPlace(target, one))?.catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code === 'output-in-data') throw error;
    });
  }
}

/** attribution.json above each file, with the files that it names. */
async function settingsOf([config, ...files]: readonly (string | undefined)[]): Promise<string[]> {
  const found = new Set(config === undefined ? [] : [config]);
  for (const file of files) {
    const project = file === undefined ? undefined : await findProject(file);
    if (project !== undefined) found.add(project);
  }
  const named = await Promise.all([...found].map(filesIn));
  return [...found, ...named.flat()];
}

async function filesIn(project: string): Promise<string[]> {
  try {
    // Not its model: a training may write that anew.
    const { script, preprocess } = await readProject(project);
    const from = preprocess.flatMap((step) => ('from' in step ? [step.from] : []));
    return [...(script === undefined ? [] : [script]), ...from];
  } catch (error) {
    // What is wrong with it is said by the command.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

async function readWith(data: string | undefined): Promise<string[]> {
  return data === undefined ? [] : readBeside(data);
}

/** What is wrong with a model is said by the command. */
async function weightsOf(model: string, engine: LocalEngine): Promise<readonly string[]> {
  try {
    return (await engine.weights({ model })).paths;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
