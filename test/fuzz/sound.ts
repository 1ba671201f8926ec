import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { samplePython } from '../fixtures/scripts/samplePython.ts';
import { root } from '../workbench/folders.ts';
import { npz, soundData } from './soundData.ts';

/** A file that is read and answered. */
export interface Sound {
  readonly bytes: Uint8Array;
  /** What the question says beside the file. */
  readonly asked?: object;
}

const at = (name: string) => join(root, 'test/fixtures', name);
const read = (name: string): Sound => ({ bytes: readFileSync(at(name)) });
const text = (content: string): Sound => ({ bytes: Buffer.from(content) });
const data = (ending: string) => once(() => soundData(ending));
/** A mutant of a large one is a large file. */
const LARGEST = 2 ** 17;
/** Recurrent layers written out step by step take seconds as they are, one is refused, and three do not show which axis is time. */
const OTHERS = /^(bilstm|gru|stacked_lstm|in_place|encoder_steps_first|timesnet|tst)\..*pt2$/;
/** Those that take series and show which axis is time. */
const KERAS =
  /^(conv1d|separable|channels_first|advanced|dense|pools|shapes|free_length|recurrent_states|masked_(pool|sequential|keepdims|attention)|built_late|transformer|nested|operations|merging|xcm|keras2)\./;

/** Sound files of every kind, from which mutants are made. */
export const SOUND = {
  csv: data('csv'),
  tsv: data('tsv'),
  txt: data('txt'),
  ts: data('ts'),
  arff: data('arff'),
  parquet: data('parquet'),
  // Packed when spoilt: else nearly every mutant would only be no archive.
  gz: data('csv'),
  npz: data('npz'),
  npy: data('npy'),
  onnx: once(() => [read('tiny/tiny.onnx'), ...folder('zoo', '.onnx'), ...folder('exported', '.onnx')]),
  pt2: once(() => [...folder('zoo', '.pt2'), ...folder('pt2', '.pt2')]),
  keras: once(() => keras('.keras')),
  h5: once(() => keras('.h5')),
  json: once(() => [read('tiny/attribution.json'), text(attribution)]),
  truth: once(() => [
    text('{"salient":[{"case":"a","feature":0,"from":1,"to":3}]}'),
    text('{"cases":[{"case":1,"salient":[{"feature":"f0","from":0,"to":9}]}]}'),
  ]),
  output: once(() => [npz('lengths'), npz('mask')].map((bytes) => ({ bytes }))),
  run: once(() => [read('runs/first_form.run'), read('runs/first_form_plain.run')]),
  script: once(() => [text(samplePython), read('scripts/tiny.mjs')]),
};

/** Folders with a model.json and its shards. */
export const tfjsFolders = once(() =>
  readdirSync(at('tfjs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = readdirSync(at(`tfjs/${name}`));
      return new Map(files.map((file) => [file, read(`tfjs/${name}/${file}`).bytes]));
    })
    .filter((files) => files.has('model.json')),
);

function folder(name: string, ending: string): Sound[] {
  const files = readdirSync(at(name)).filter((file) => file.endsWith(ending) && !OTHERS.test(file));
  return files.map((file) => read(join(name, file))).filter(({ bytes }) => bytes.length < LARGEST);
}

function keras(ending: string): Sound[] {
  const files = unzipSync(read('keras/models.zip').bytes, {
    filter: ({ name, originalSize }) => name.endsWith(ending) && KERAS.test(name) && originalSize < LARGEST,
  });
  return Object.values(files).map((bytes) => ({ bytes }));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const attribution = `{
  // What can stand in it
  "input": "NFT", "classes": ["left", "right"], "layer": "conv1",
  "data": { "layout": "long", "case": "case", "time": "t", "label": "label", "features": ["a", "b", "c", "d"], "delimiter": ",", "decimal": ".", "header": true, "missing": "zero" },
  "preprocess": [
    { "standardize": { "mean": [1, 2, 3, 4], "std": [1, 1, 2, 2] } },
    { "truncate": { "to": 24, "keep": "start" } },
    { "pad": { "to": 24, "value": 0, "side": "end" } }
  ],
  "mask": "trailing"
}`;
