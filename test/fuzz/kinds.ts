import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { root } from '../workbench/folders.ts';
import type { Dice } from './dice.ts';
import { mutateBytes, splice } from './mutateBytes.ts';
import { mutateJson } from './mutateJson.ts';
import { mutateOnnx } from './mutateOnnx.ts';
import { mutateText } from './mutateText.ts';
import { mutateNpy, mutateZip } from './mutateZip.ts';
import { SOUND, type Sound, tfjsFolders } from './sound.ts';

/** One thing to ask the engine; the next is asked where this one was answered. */
export interface Question {
  readonly method: string;
  readonly argument: object;
}

/** A kind of file that people give us. */
export interface Kind {
  readonly name: string;
  /** How many sound files its mutants are made from. */
  readonly sound: () => number;
  /** Writes a mutant into the folder, or one of the sound files as it is, and says what is asked of it. */
  make(folder: string, dice: Dice, sound?: number): readonly Question[];
}

type Mutate = (bytes: Uint8Array, dice: Dice) => Uint8Array;

const tiny = (name: string) => join(root, 'test/fixtures/tiny', name);
const [text, json, bytes, zip, npy] = [mutateText, mutateJson, mutateBytes, mutateZip, mutateNpy];

const LARGEST_MUTANT = 2 ** 23;

export const KINDS: readonly Kind[] = [
  file('csv', SOUND.csv, [text, text, bytes], askData),
  file('tsv', SOUND.tsv, [text, text, bytes], askData),
  file('txt', SOUND.txt, [text, text, bytes], askData),
  file('ts', SOUND.ts, [text, text, bytes], askData),
  file('arff', SOUND.arff, [text, text, bytes], askData),
  file('parquet', SOUND.parquet, [bytes], askData),
  file('gz', SOUND.gz, [text, bytes], askData),
  file('npy', SOUND.npy, [npy], askData),
  file('npz', SOUND.npz, [zip, zip, bytes], askData),
  file('onnx', SOUND.onnx, [mutateOnnx, mutateOnnx, mutateOnnx, bytes], askModel),
  file('pt2', SOUND.pt2, [zip, zip, bytes], askModel),
  file('keras', SOUND.keras, [zip, zip, bytes], askModel),
  file('h5', SOUND.h5, [bytes], askModel),
  {
    name: 'tfjs',
    sound: () => tfjsFolders().length,
    make: (folder, dice, whole) => {
      const files = whole === undefined ? dice.pick(tfjsFolders()) : tfjsFolders()[whole]!;
      const spoilt = dice.once(4) ? dice.pick([...files.keys()]) : 'model.json';
      for (const [name, content] of files) {
        const isSpoilt = whole === undefined && spoilt === name;
        writeFileSync(join(folder, name), isSpoilt ? dice.pick([json, json, text])(content, dice) : content);
      }
      return askModel(join(folder, 'model.json'));
    },
  },
  file('json', SOUND.json, [text, json, json, bytes], (path) => [
    {
      method: 'explain',
      argument: { model: tiny('tiny.onnx'), data: tiny('long.csv'), project: path },
    },
  ]),
  file('link', SOUND.json, [text, json, json, bytes], askReader('link')),
  file('truth', SOUND.truth, [json, text, bytes], askReader('truth')),
  file('output', SOUND.output, [zip, zip, bytes], askReader('output')),
  file('run', SOUND.run, [text, bytes], askReader('run')),
  file('script', SOUND.script, [text, text, bytes], askReader('script')),
];

type Ask = (path: string, dice: Dice, sound: Sound, isWhole: boolean) => readonly Question[];

function file(name: string, sound: () => readonly Sound[], ways: readonly Mutate[], ask: Ask): Kind {
  return {
    name,
    sound: () => sound().length,
    make: (folder, dice, whole) => {
      const path = join(folder, FILE_NAMES[name] ?? `mutant.${name}`);
      const seed = whole === undefined ? dice.pick(sound()) : sound()[whole]!;
      const content = whole === undefined ? mutant(seed, sound(), ways, dice) : seed.bytes;
      writeFileSync(path, name === 'gz' ? packed(content, dice, whole !== undefined) : content);
      return ask(path, dice, seed, whole !== undefined);
    },
  };
}

const FILE_NAMES: Readonly<Record<string, string>> = { json: 'attribution.json', gz: 'mutant.csv.gz' };

/** Of the packed ones every fourth is spoilt as an archive, too. */
function packed(content: Uint8Array, dice: Dice, isWhole: boolean): Uint8Array {
  const archive = gzipSync(content, { mtime: 0 });
  return !isWhole && dice.once(4) ? mutateBytes(archive, dice) : archive;
}

function mutant(seed: Sound, others: readonly Sound[], ways: readonly Mutate[], dice: Dice): Uint8Array {
  const spoilt = dice.once(20)
    ? splice(seed.bytes, dice.pick(others).bytes, dice)
    : dice.pick(ways)(seed.bytes, dice);
  // What is repeated and repeated again can come to half a gigabyte.
  return spoilt.subarray(0, LARGEST_MUTANT);
}

function askData(data: string, dice: Dice, { asked }: Sound, isWhole: boolean): readonly Question[] {
  const mask = { kind: dice.pick(['none', 'trailing', 'leading'] as const) };
  const other = isWhole ? {} : { truncate: dice.once(2), ...(dice.once(4) && { mask }) };
  return [{ method: 'explain', argument: { data, ...asked, ...other } }];
}

/** Where the model is understood, it is run, and a map is taken: the gradient is part of what a file can spoil. */
function askModel(path: string): readonly Question[] {
  return [
    { method: 'model', argument: { model: path } },
    { method: 'timing', argument: { model: path, prefer: 'auto' } },
  ];
}

/** Readers that the engine has no question for; see child.ts. */
function askReader(method: string): Ask {
  return (path) => [{ method, argument: { path } }];
}

/** A folder of its own for a mutant, which stays small. */
export function folderOf(parent: string, index: number): string {
  const folder = join(parent, `${index}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
