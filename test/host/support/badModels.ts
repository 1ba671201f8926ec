import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './badFiles.ts';
import { project, put, tinyFixture } from './files.ts';
import { changeModel, giantShape, noClassifier, notANumber, strangeOperator } from './models.ts';

/** Models that are refused. */
export const models: readonly Case[] = [
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
    says: /one value per class \[N, C\]/,
  },
  {
    title: 'weights that are not numbers',
    given: (folder) => changeModel(folder, notANumber),
    says: /NaN|not a number|finite/,
  },
  { title: 'an input of giant size', given: (folder) => changeModel(folder, giantShape), says: /\w/ },
];

function noise(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 7919 + (index >> 3) * 104729) & 255);
}
