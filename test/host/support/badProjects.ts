import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, rows } from './badFiles.ts';
import { project, put } from './files.ts';

/** Settings that are refused. */
export const projects: readonly Case[] = [
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

/** What is explained, with a word of doubt. */
export const doubtful: readonly Case[] = [
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
