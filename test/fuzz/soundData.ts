import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { writeNpz } from '../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../src/graph/tensor.ts';
import { root } from '../workbench/folders.ts';
import type { Sound } from './sound.ts';

const at = (name: string) => join(root, 'test/fixtures', name);
const model = at('tiny/tiny.onnx');
const [asLong, asFound] = [{ model, project: at('tiny/attribution.json') }, { model }];

/** Files as people have them, with the model that takes them: those of test/fixtures/reading, and a few of our own. */
export function soundData(ending: string): readonly Sound[] {
  const own = OWN[ending]?.() ?? [];
  const { cases }: { cases: readonly Reading[] } = JSON.parse(
    readFileSync(at('reading/expected.json'), 'utf8'),
  );
  const met = cases
    .filter(({ file, accept }) => file.endsWith(`.${ending}`) && accept.includes('right'))
    .map(({ file, model, config }) => ({
      bytes: readFileSync(at(`reading/${file}`)),
      asked: { model: at(`reading/${model}`), ...(config && { project: at(`reading/${config}`) }) },
    }));
  return [...own, ...met];
}

interface Reading {
  readonly file: string;
  readonly model: string;
  readonly config?: string;
  readonly accept: readonly string[];
}

const parquet = (codec: string): Sound => ({
  bytes: readFileSync(at(`parquet/long_${codec}.parquet`)),
  asked: { model: at('reading/f2_t40_c2.onnx') },
});
const long = () => readFileSync(at('tiny/long.csv'), 'utf8');
const single = () => readFileSync(at('tiny/single.csv'), 'utf8');
const text = (content: string, asked: object): Sound => ({ bytes: Buffer.from(content), asked });

const OWN: Readonly<Record<string, () => readonly Sound[]>> = {
  csv: () => [text(long(), asLong), text(single(), asFound), text(semicolons, asFound)],
  tsv: () => [text(long().replaceAll(',', '\t'), asLong), text(single().replaceAll(',', '\t'), asFound)],
  ts: () => [text(ts, asFound)],
  arff: () => [text(arff, { model: at('reading/f1_t24_c2.onnx') })],
  parquet: () => [parquet('snappy'), parquet('gzip')],
  npz: () => [npz('lengths'), npz('mask'), npz()].map((bytes) => ({ bytes, asked: asFound })),
  npy: () => [
    { bytes: unzipSync(npz())['x.npy']!, asked: asFound },
    ...Object.entries(unzipSync(readFileSync(at('numpy/variants.npz'))))
      .filter(([name]) => /_[fiu]\d_/.test(name))
      .map(([, bytes]) => ({ bytes, asked: asFound })),
  ],
};

/** Instances of 4 features: as prepared with lengths or a mask, else as raw series. */
export function npz(says?: 'lengths' | 'mask'): Uint8Array {
  const steps = says ? 24 : 11;
  const x = Float32Array.from({ length: 3 * 4 * steps }, (_, i) => Math.sin(i));
  const real = Float32Array.from({ length: 3 * steps }, (_, i) => (i % steps < 20 ? 1 : 0));
  return writeNpz({
    x: float32([3, 4, steps], x),
    ...(says === 'lengths' && { lengths: float32([3], [steps, 5, 7]) }),
    ...(says === 'mask' && { mask: float32([3, steps], real) }),
    y: ['left', 'right', 'left'],
    feature_names: ['a', 'b', 'c', 'd'],
    instance_ids: ['one', 'two', 'three'],
  });
}

const semicolons = `Zeit;a;b;c;d\n${Array.from({ length: 24 }, (_, i) => `${i};1,5;-${i},25;0,001;7\n`).join('')}`;
const ts = `# comment\n@problemName tiny\n@timeStamps false\n@univariate false\n@dimensions 4\n@equalLength true\n@seriesLength 5\n@classLabel true left right\n@data\n1,2,3,4,5:1,1,1,1,2:0,0.5,1,2,2:9,8,7,6,5:left\n5,4,3,2,1:2,1,1,1,1:0,0.5,1,1.5,2:1,8,7,6,5:right\n`;
const arff = `% a set\n@relation 'gun point'\n${Array.from({ length: 24 }, (_, i) => `@attribute att${i} numeric\n`).join('')}@attribute target {2,1}\n@data\n${[1, 2, 3].map((k) => `${Array.from({ length: 24 }, (_, i) => (k * i) % 7).join(',')},${1 + (k % 2)}\n`).join('')}`;
