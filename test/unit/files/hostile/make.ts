import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeModel, encodeModel } from '../../../../src/formats/onnx/schema.ts';
import { mkfifo } from '../posix.ts';
import { zipBomb } from './zipBomb.ts';

export const kept = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/hostile/${name}`, import.meta.url));
const counted = (n: number, each: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => each(i)).join(',');
const GIGABYTE = 2 ** 30;

/** What is too large to keep, or lies in no repository: links and pipes. By the name it is made under. */
export const MADE: Readonly<Record<string, () => string | Uint8Array>> = {
  'blank_lines.csv': () => '\n'.repeat(20_000_000),
  'one_line.csv': () => `${'1,'.repeat(5_000_000)}1\n`,
  'one_number.csv': () => `a,b,c\n1,2,3\n${'1'.repeat(2_000_000)}x,2,3\n1,2,3\n`,
  'one_name.csv': () => `${'a'.repeat(2_000_000)},b,c\n1,2,3\n`,
  'columns_200k.csv': () =>
    `${counted(200_000, (i) => `c${i}`)}\n${`${counted(200_000, () => '1')}\n`.repeat(2)}`,
  'columns_500k.csv': () =>
    `label,${counted(500_000, (i) => `t${i}`)}\n${`x,${counted(500_000, () => '1')}\n`.repeat(6)}`,
  'cases_400k.csv': () => `case,t,a\n${Array.from({ length: 400_000 }, (_, i) => `c${i},0,1\n`).join('')}`,
  'classes_200k.json': () => `{"classes":[${counted(200_000, (i) => `"c${i}"`)}]}`,
  'features_100k.json': () => `{"data":{"features":[${counted(100_000, (i) => `"c${i}"`)}]}}`,
  'long_key.json': () => `{"${'modal'.repeat(200_000)}":1}`,
  'nested.json': () => `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  'one_gigabyte.npz': () => zipBomb(`(1, 1, ${GIGABYTE / 4 - 4})`, GIGABYTE),
  'one_gigabyte_instances.npz': () => zipBomb(`(${GIGABYTE / 4 - 4}, 1, 1)`, GIGABYTE),
  'says_little.npz': () => zipBomb('(1, 3, 20)', GIGABYTE, '<f4', 368),
  'bytes_128m.npz': () => zipBomb(`(1, 1, ${2 ** 27})`, 2 ** 27, '|i1'),
  'floats_64m.npz': () => zipBomb(`(1, 1, ${2 ** 26})`, 2 ** 28),
  'relu_60k.onnx': relus,
  'crowd.onnx': crowd,
  'quotes.csv': () => `a,b,c\n${'"x"y,1,2\n'.repeat(300_000)}`,
  'empty_nodes.onnx': () => {
    const nodes = Buffer.from('\x0a\x00'.repeat(3_000_000), 'latin1');
    return Buffer.concat([Buffer.from([8, 8]), field(7, nodes)]);
  },
};

/** The same on POSIX only: what each is given is the path to make. */
export const MADE_ON_POSIX: Readonly<Record<string, (path: string) => void>> = {
  'loop.csv': (path) => symlinkSync('loop.csv', path),
  'zero.csv': (path) => symlinkSync('/dev/zero', path),
  'large.json': hollow,
  'large_json.onnx': hollow,
  'pipe.npz': mkfifo,
  'zero.onnx': (path) => symlinkSync('/dev/zero', path),
  'endless/attribution.json': (path) => symlinkSync('/dev/zero', path),
  'waiting/attribution.json': mkfifo,
  'looped/attribution.json': (path) => symlinkSync('attribution.json', path),
};

/** Begins as JSON does, and takes no place on the disk. */
function hollow(path: string): void {
  writeFileSync(path, '{');
  truncateSync(path, 900_000_000);
}

/** Makes one in the folder, and for a configuration a table beside it. */
export function make(name: string, folder: string): void {
  const path = join(folder, name);
  const above = join(path, '..');
  mkdirSync(above, { recursive: true });
  if (above !== folder) writeFileSync(join(above, 'plain.csv'), readFileSync(kept('plain.csv')));
  const content = MADE[name];
  if (content) writeFileSync(path, content());
  else MADE_ON_POSIX[name]!(path);
}

/** A chain of 60,000 Relu before a small classifier. */
function relus(): Uint8Array {
  const model = decodeModel(readFileSync(kept('plain.onnx')));
  const { node, input } = model.graph!;
  const chain = Array.from({ length: 60_000 }, (_, i) => ({
    ...{ name: '', opType: 'Relu', attribute: [], domain: '', metadataProps: [] },
    ...{ input: [i === 0 ? input[0]!.name : `q${i - 1}`], output: [`q${i}`] },
  }));
  for (const one of node) one.input = one.input.map((name) => (name === input[0]!.name ? 'q59999' : name));
  model.graph!.node = [...chain, ...node];
  return encodeModel(model);
}

/** A node of 200,000 inputs, two bytes each. */
function crowd(): Uint8Array {
  const model = decodeModel(readFileSync(kept('plain.onnx')));
  model.graph!.node[0]!.input.push(...Array<string>(100_000).fill(''));
  model.graph!.node[0]!.input.push(...Array<string>(100_000).fill(''));
  return encodeModel(model);
}

function field(number: number, body: Uint8Array): Buffer {
  const size: number[] = [];
  for (let n = body.length; n > 0; n = Math.floor(n / 128)) size.push((n & 127) | (n >= 128 ? 128 : 0));
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...size]), body]);
}
