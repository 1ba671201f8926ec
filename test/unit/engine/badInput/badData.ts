import { mkdirSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { writeNpz } from '../../../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { asked, type BadCase, csv, file, header, npz, rows, tiny } from './ask.ts';

export const badData: readonly BadCase[] = [
  { what: 'no such data file', ask: asked({ data: tiny('nothing.csv') }), sentence: /nothing\.csv/ },
  {
    what: 'a folder for data',
    ask: (at) => {
      mkdirSync(at('f.csv'));
      return { data: at('f.csv') };
    },
    sentence: /f\.csv/,
  },
  { what: 'empty CSV', ask: csv(''), sentence: /bad\.csv.*empty/ },
  { what: 'header only', ask: csv(header), sentence: /bad\.csv/ },
  {
    what: 'ragged row',
    ask: csv(`${header}${rows(3)}one,3,left,1,2\n${rows(2, 4)}`),
    sentence: /line 5|row 5/i,
  },
  {
    what: 'text in a number column',
    ask: csv(`${header}${rows(2)}one,2,left,1,oops,3,4\n`),
    sentence: /line 4.*b|b.*line 4/,
  },
  { what: 'blank cell', ask: csv(`${header}${rows(2)}one,2,left,1,,3,4\n`), sentence: /line 4.*b|b.*line 4/ },
  {
    what: 'NaN cell',
    ask: csv(`${header}${rows(2)}one,2,left,1,2,nan,4\n`),
    sentence: /line 4.*c|c.*line 4/,
  },
  {
    what: 'infinite cell',
    ask: csv(`${header}${rows(2)}one,2,left,1,2,3,inf\n`),
    sentence: /line 4.*d|d.*line 4/,
  },
  { what: 'missing feature', ask: csv(`case,t,label,a,b,c,x\n${rows(5)}`), sentence: /lacks.*d.*besides.*x/ },
  {
    what: 'too many features',
    ask: csv(`a,b,c,d,e\n1,2,3,4,5\n2,3,4,5,6\n`, { project: undefined }),
    sentence: /takes 4 features.*has 5.*a, b, c, d,? (and )?e/,
  },
  { what: 'longer than the model', ask: csv(header + rows(40)), sentence: /40 steps.*24/ },
  { what: 'times run backwards', ask: csv(header + rows(3, 5) + rows(3, 0)), sentence: /t.*line|line.*t/ },
  { what: 'quote never closed', ask: csv(`${header}${rows(2)}"one,2,left,1,2,3,4\n`), sentence: /quote/ },
  {
    what: 'binary in a CSV',
    ask: csv(Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256)),
    sentence: /bad\.csv/,
  },
  { what: 'TypeScript as data', ask: file('bad.ts', 'export const a = 1;\n'), sentence: /bad\.ts/ },
  {
    what: '.ts with a series of another number of dimensions',
    ask: file(
      'bad.ts',
      '@problemName x\n@timeStamps false\n@univariate false\n@dimensions 4\n@classLabel true left right\n@data\n1,2:1,2:1,2:1,2:left\n1,2:1,2:left\n',
    ),
    sentence: /line 8/,
  },
  {
    what: 'unknown data format',
    ask: file('bad.xlsx', 'PK'),
    sentence: /\.xlsx/,
  },
  { what: 'zip bomb', ask: file('bad.npz', zipBomb()), sentence: /claims to unpack to 3\.8 GB/ },
  {
    what: '.npz with several arrays and no x',
    ask: npz({ y: float32([2], [1, 2]), z: float32([2], [1, 2]) }),
    sentence: /bad\.npz.*x.*y.*z|y.*z.*x/,
  },
  {
    what: 'truncated .npz',
    ask: file('bad.npz', writeNpz({ x: float32([2, 4, 24], new Float32Array(192)) }).subarray(0, 100)),
    sentence: /bad\.npz/,
  },
  {
    what: '.npz in another shape',
    ask: npz({ x: float32([2, 7, 24], new Float32Array(336)) }),
    sentence: /4 features|7/,
  },
  { what: '.npy of giant dims', ask: file('bad.npy', hugeNpy()), sentence: /bad\.npy/ },
  {
    what: '.npz that names paths outside',
    ask: file('bad.npz', zipSync({ '../../evil.npy': new Uint8Array(200) })),
    sentence: /bad\.npz/,
  },
  { what: 'no such instance', ask: asked({ instance: 99 }), sentence: /no instance 99.*8/ },
];

/** .npy of a shape that nobody can hold. */
function hugeNpy(): Uint8Array {
  const literal = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000, 1000), }";
  const text = literal.padEnd(117);
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, 118, 0, ...strToU8(`${text}\n`));
}

/** Fifty bytes that say they unpack to 3.8 GB. */
function zipBomb(): Uint8Array {
  const bytes = zipSync({ 'x.npy': new Uint8Array(50) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const directory = bytes.findIndex(
    (_, at) => view.byteLength - at > 4 && view.getUint32(at, true) === 0x02014b50,
  );
  for (const size of [22, directory + 24]) {
    view.setUint32(size, 0xf0000000, true);
  }
  return bytes;
}
