import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { put, tinyFixture } from './files.ts';

/** An input that a person gets wrong. */
export interface Case {
  readonly title: string;
  /** Makes a scratch folder bad and names the file to explain; `single.csv` unless it says so. */
  readonly given: (folder: string) => unknown;
  /** What a person reads. */
  readonly says: RegExp;
}

/** Lines of a file that is right. */
export const rows = readFileSync(tinyFixture('single.csv'), 'utf8').trimEnd().split('\n');
const csv = (change: (lines: string[]) => string[]) => (folder: string) => {
  put(folder, 'single.csv', `${change([...rows]).join('\n')}\n`);
};
const cell = (value: string) =>
  csv((lines) => lines.with(5, lines[5]!.replace(/^([^,]*,[^,]*),[^,]*/, `$1,${value}`)));
const npz = (entries: Record<string, Uint8Array>) => (folder: string) => {
  put(folder, 'bad.npz', zipSync(entries));
  return 'bad.npz';
};

/** Data that is refused. */
export const data: readonly Case[] = [
  { title: 'an empty file', given: csv(() => []), says: /empty|no data/ },
  { title: 'column names without rows', given: csv(([head]) => [head!]), says: /no rows/ },
  { title: 'a ragged row', given: csv((lines) => lines.with(5, `${lines[5]},9`)), says: /6/ },
  { title: 'a blank cell', given: cell(''), says: /6.*\bb\b/ },
  { title: 'NaN in a cell', given: cell('NaN'), says: /6.*\bb\b/ },
  { title: 'infinity in a cell', given: cell('inf'), says: /6.*\bb\b/ },
  { title: 'a word in a cell', given: cell('calibrating'), says: /calibrating/ },
  { title: 'an unclosed quote', given: cell('"1'), says: /quot/ },
  {
    title: 'a missing column',
    given: csv((lines) => lines.map((line) => line.replace(/,[^,]*$/, ''))),
    says: /\bd\b/,
  },
  { title: 'two columns of one name', given: csv((lines) => lines.with(0, 't,a,b,b,d')), says: /\bb\b/ },
  {
    title: 'bytes that are no text',
    given: (folder) => void put(folder, 'single.csv', new Uint8Array(500)),
    says: /text|binary/,
  },
  {
    title: 'a file that is not there',
    given: (folder) => rmSync(join(folder, 'single.csv')),
    says: /single\.csv does not exist/,
  },
  {
    title: 'one case in two places',
    given: (folder) => {
      const [head, ...steps] = readFileSync(join(folder, 'long.csv'), 'utf8').trimEnd().split('\n');
      put(folder, 'long.csv', [head, ...steps, steps[0]].join('\n'));
      return 'long.csv';
    },
    says: /case0/,
  },
  {
    title: 'a time-series file cut off in its header',
    given: (folder) => {
      put(folder, 'cut.ts', '@problemName cut\n@timeStamps false\n');
      return 'cut.ts';
    },
    says: /@data/,
  },
  {
    title: 'an .npz that is no archive',
    given: (folder) => put(folder, 'bad.npz', 'hello'),
    says: /bad\.npz/,
  },
  { title: 'an .npz without x', given: npz({ 'y.npy': new Uint8Array(3) }), says: /x|array/ },
  {
    title: 'an .npz whose array is cut off',
    given: npz({ 'x.npy': npyHead('(2, 4, 24)', 20) }),
    says: /truncated|ends/,
  },
  {
    title: 'an .npz of giant size',
    given: npz({ 'x.npy': npyHead('(99999999, 99999, 9999)', 20) }),
    says: /bad\.npz|shape|ends|large/,
  },
  {
    title: 'a series longer than the model takes',
    given: csv((lines) => [
      ...lines,
      ...Array.from({ length: 5 }, (_, index) => lines[5]!.replace(/^[^,]*/, `${100 + index}`)),
    ]),
    says: /24/,
  },
];

/** An .npy file of float32 that holds fewer bytes than its shape says. */
function npyHead(shape: string, bytes: number): Uint8Array {
  const header = `${`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([118, 0]),
    Buffer.from(header),
    Buffer.alloc(bytes),
  ]);
}
