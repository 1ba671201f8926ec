import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { project, put, scratch, tinyFixture } from './support/files.ts';
import { explain, pictureOf, refusalOf, run } from './support/lens.ts';
import { changeModel, giantShape, noClassifier, notANumber, strangeOperator } from './support/models.ts';

interface Case {
  readonly title: string;
  /** Makes a scratch folder bad and names the file to explain; `single.csv` unless it says so. */
  readonly given: (folder: string) => unknown;
  /** What a person reads. */
  readonly says: RegExp;
}

const rows = readFileSync(tinyFixture('single.csv'), 'utf8').trimEnd().split('\n');
const csv = (change: (lines: string[]) => string[]) => (folder: string) => {
  put(folder, 'single.csv', `${change([...rows]).join('\n')}\n`);
};
const cell = (value: string) =>
  csv((lines) => lines.with(5, lines[5]!.replace(/^([^,]*,[^,]*),[^,]*/, `$1,${value}`)));
const npz = (entries: Record<string, Uint8Array>) => (folder: string) => {
  put(folder, 'bad.npz', zipSync(entries));
  return 'bad.npz';
};

const data: readonly Case[] = [
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

const models: readonly Case[] = [
  {
    title: 'a model that is not there',
    given: (folder) => rmSync(join(folder, 'tiny.onnx')),
    says: /tiny\.onnx/,
  },
  {
    title: 'a model that is cut off',
    given: (folder) => void put(folder, 'tiny.onnx', readFileSync(tinyFixture('tiny.onnx')).subarray(0, 900)),
    says: /tiny\.onnx/,
  },
  {
    title: 'noise in place of a model',
    given: (folder) => void put(folder, 'tiny.onnx', noise(4000)),
    says: /tiny\.onnx/,
  },
  { title: 'an empty model', given: (folder) => void put(folder, 'tiny.onnx', ''), says: /empty/ },
  {
    title: 'a web page in place of a model',
    given: (folder) => void put(folder, 'tiny.onnx', '<html>Not found</html>'),
    says: /web page/,
  },
  {
    title: 'a pointer of Git LFS',
    given: (folder) => void put(folder, 'tiny.onnx', 'version https://git-lfs.github.com/spec/v1\n'),
    says: /Git LFS/,
  },
  {
    title: 'a PyTorch file',
    given: (folder) => {
      put(folder, 'net.pt', 'x');
      project(folder, { model: 'net.pt' });
    },
    says: /torch\.export\.save/,
  },
  {
    title: 'an operator nobody knows',
    given: (folder) => changeModel(folder, strangeOperator),
    says: /Frobnicate/,
  },
  {
    title: 'a model that is no classifier',
    given: (folder) => changeModel(folder, noClassifier),
    says: /classif|logits|classes/,
  },
  {
    title: 'weights that are not numbers',
    given: (folder) => changeModel(folder, notANumber),
    says: /NaN|not a number|finite/,
  },
  { title: 'an input of giant size', given: (folder) => changeModel(folder, giantShape), says: /\w/ },
];

const projects: readonly Case[] = [
  {
    title: 'an attribution.json that is no JSON',
    given: (folder) => void put(folder, 'attribution.json', '{ "model": '),
    says: /attribution\.json/,
  },
  {
    title: 'a part of attribution.json nobody knows',
    given: (folder) => project(folder, { modle: 'tiny.onnx' }),
    says: /modle/,
  },
  {
    title: 'a mask that is none',
    given: (folder) => project(folder, { mask: 'sometimes' }),
    says: /attribution\.json, line 1: "mask" must be one of/,
  },
  {
    title: 'as many means as there are no features',
    given: (folder) => project(folder, { preprocess: [{ standardize: { mean: [1, 2], std: [1, 2] } }] }),
    says: /\b2\b.*\b4\b|\b4\b.*\b2\b/,
  },
  {
    title: 'a feature that the file lacks',
    given: (folder) => project(folder, { data: { features: ['a', 'b', 'c', 'z'] } }),
    says: /\bz\b/,
  },
  {
    title: 'a layout the model does not have',
    given: (folder) => project(folder, { input: 'NFT1' }),
    says: /NFT1/,
  },
];

const doubtful: readonly Case[] = [
  {
    title: 'a standard deviation of zero',
    given: (folder) =>
      project(folder, { preprocess: [{ standardize: { mean: [1, 2, 3, 4], std: [1, 0, 1, 1] } }] }),
    says: /standard deviation of b is 0/,
  },
  {
    title: 'more class names than classes',
    given: (folder) => project(folder, { classes: ['a', 'b', 'c'] }),
    says: /names 3 classes but the model has 2/,
  },
  {
    title: 'a class label the model does not know',
    given: (folder) => {
      const text = readFileSync(join(folder, 'long.csv'), 'utf8').replaceAll(',left,', ',port,');
      put(folder, 'long.csv', text);
      return 'long.csv';
    },
    says: /port/,
  },
  {
    title: 'real zeros at the end that look like padding',
    given: (folder) => {
      project(folder, { preprocess: [] });
      const zeros = rows.map((line, row) => (row > 15 ? `${row - 1},0,0,0,0` : line));
      put(folder, 'single.csv', `${zeros.join('\n')}\n`);
    },
    says: /repeat|constant|real zeros|look/,
  },
];

describe('Bad input is said in one sentence, and the tool goes on', () => {
  for (const { title, given, says } of [...data, ...models, ...projects]) {
    it(title, async () => {
      const folder = scratch();
      const other = given(folder);
      const name = typeof other === 'string' ? other : 'single.csv';
      const { sentence, code } = refusalOf(await explain(join(folder, name)));
      assert.match(sentence, says);
      assert.notEqual(code, 'defect', sentence);
      assert.match(sentence, /^[^\n]+[.?!]$/, 'one sentence, no stack');
      pictureOf(await explain(join(scratch(), 'single.csv')));
    });
  }
});

describe('What is doubtful is said beside the picture', () => {
  for (const { title, given, says } of doubtful) {
    it(title, async () => {
      const folder = scratch();
      const other = given(folder);
      const { findings } = pictureOf(
        await explain(join(folder, typeof other === 'string' ? other : 'single.csv')),
      );
      assert.match(findings.map(({ sentence }) => sentence).join('\n'), says);
    });
  }
});

describe('A pick that cannot be', () => {
  const picks: readonly [string, string, unknown, RegExp][] = [
    ['a layer that does not exist', 'pickLayer', 'conv77', /conv77/],
    ['a class that does not exist', 'pickClass', 'sideways', /sideways/],
    ['a class beyond the last', 'pickClass', 7, /7/],
    ['a length beyond T', 'pickMask', 'length:99', /99/],
    ['a mask column that does not exist', 'pickMask', 'mask-column:nowhere', /nowhere/],
    ['a length column that does not exist', 'pickMask', 'length-column:nowhere', /nowhere/],
    ['a mask in words nobody knows', 'pickMask', 'sometimes', /"sometimes" is not a padding mask/],
    ['an instance that does not exist', 'pickInstance', 'case99', /no instance case99; it holds \d/],
    ['a method that does not exist', 'pickMethod', 'crystalball', /crystalball/],
  ];
  for (const [title, command, pick, says] of picks) {
    it(title, async () => {
      const file = join(scratch(), 'long.csv');
      await explain(file);
      assert.match(refusalOf(await run(command, pick)).sentence, says);
      pictureOf(await run('rerun'));
    });
  }
});

describe('A series longer than the model takes', () => {
  it('is cut when asked', async () => {
    const folder = scratch();
    data.at(-1)!.given(folder);
    assert.equal(refusalOf(await explain(join(folder, 'single.csv'))).code, 'too-long-padded');
    assert.equal(pictureOf(await run('truncate')).map.columns, 24);
  });
});

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

function noise(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 7919 + (index >> 3) * 104729) & 255);
}
