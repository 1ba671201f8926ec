import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { int64, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { readBytes } from '../data/reading.ts';

/** A data set of one seed, and how it is written into an array or a file of another format. */
interface Written {
  readonly format: 'npz' | 'ts' | 'arff' | 'gz' | 'windows';
  readonly features: number;
  readonly steps: number;
  readonly instances: number;
  readonly padding: 'none' | 'lengths' | 'mask' | 'boolMask' | 'NaN';
  readonly order: 'NFT' | 'NTF';
  readonly double: boolean;
  readonly label: 'none' | 'text' | 'whole' | 'fromOne' | 'oneHot';
  readonly key: 'x' | 'X_train' | 'data' | 'arr_0';
  readonly timed: boolean;
  readonly model: boolean;
  readonly seed: number;
}

const written: fc.Arbitrary<Written> = fc.record({
  format: fc.constantFrom('npz', 'npz', 'ts', 'arff', 'gz', 'windows'),
  features: fc.integer({ min: 1, max: 4 }),
  steps: fc.integer({ min: 9, max: 24 }),
  instances: fc.integer({ min: 2, max: 6 }),
  padding: fc.constantFrom('none', 'lengths', 'mask', 'boolMask', 'NaN'),
  order: fc.constantFrom('NFT', 'NTF'),
  double: fc.boolean(),
  label: fc.constantFrom('none', 'text', 'whole', 'fromOne', 'oneHot'),
  key: fc.constantFrom('x', 'X_train', 'data', 'arr_0'),
  timed: fc.boolean(),
  model: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

interface Truth {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly options: DataOptions;
  /** [N][F][L], real steps only. */
  readonly values: readonly (readonly (readonly number[])[])[];
  readonly labels: readonly (string | undefined)[];
}

function dataOf({ features, steps, instances, padding, format, seed }: Written): number[][][] {
  let state = seed;
  // Eighths are exact in float32 and in text.
  const next = () => {
    state = (state * 48271) % 2147483647;
    return Math.round((state / 2147483647) * 400) / 8 - 24.875;
  };
  const shorter = padding !== 'none' && format === 'npz';
  return Array.from({ length: instances }, (_, index) =>
    Array.from({ length: features }, () =>
      Array.from({ length: shorter && index > 0 ? steps - 1 - (index % 4) : steps }, next),
    ),
  );
}

function labelOf({ label }: Written, index: number): string | undefined {
  if (label === 'none') return undefined;
  const at = index % 2;
  return label === 'text' ? ['walk', 'run'][at]! : `${label === 'fromOne' ? at + 1 : at}`;
}

function npz(how: Written, values: number[][][]): Uint8Array {
  const { steps: T, features: F, order, label, key, padding } = how;
  const N = values.length;
  const fill = padding === 'NaN' ? Number.NaN : 0;
  const x = new Float64Array(N * F * T).fill(fill);
  for (const [n, one] of values.entries())
    for (const [f, row] of one.entries())
      for (const [t, value] of row.entries())
        x[n * F * T + (order === 'NFT' ? f * T + t : t * F + f)] = value;
  const dims = order === 'NFT' ? [N, F, T] : [N, T, F];
  const arrays: Record<string, Tensor | readonly string[]> = {
    [key]: how.double ? tensor('float64', dims, x) : tensor('float32', dims, Float32Array.from(x)),
  };
  const lengths = values.map((one) => one[0]!.length);
  const real = lengths.flatMap((length) => Array.from({ length: T }, (_, t) => (t < length ? 1 : 0)));
  if (padding === 'lengths') arrays.lengths = int64([N], lengths);
  if (padding === 'mask') arrays.mask = tensor('float64', [N, T], Float64Array.from(real));
  if (padding === 'boolMask') arrays.padding_mask = tensor('bool', [N, T], Uint8Array.from(real));
  const y = key === 'X_train' ? 'y_train' : key === 'arr_0' ? 'arr_1' : 'y';
  const labels = values.map((_, index) => labelOf(how, index)!);
  if (label === 'text') arrays[y] = labels;
  else if (label === 'oneHot') {
    arrays[y] = tensor(
      'float64',
      [N, 2],
      Float64Array.from(labels.flatMap((one) => (one === '0' ? [1, 0] : [0, 1]))),
    );
  } else if (label !== 'none') arrays[y] = int64([N], labels.map(Number));
  return writeNpz(arrays);
}

function ts(how: Written, values: number[][][]): string {
  const labels = values.map((_, index) => labelOf(how, index));
  const head =
    how.label === 'none' ? '@classLabel false' : `@classLabel true ${[...new Set(labels)].join(' ')}`;
  const pairs = (row: readonly number[]) =>
    row.map((value, step) => (how.timed ? `(2020-01-01 00:00:${10 + step},${value})` : `${value}`)).join();
  const lines = values.map((one, index) =>
    [...one.map(pairs), ...(labels[index] === undefined ? [] : [labels[index]])].join(':'),
  );
  return `@problemName T\n@timeStamps ${how.timed}\n${head}\n@data\n${lines.join('\n')}\n`;
}

function arff(how: Written, values: number[][][]): string {
  const labels = values.map((_, index) => labelOf(how, index));
  const names = values[0]![0]!.map((_, step) => `@attribute att${step} numeric`);
  const target = how.label === 'none' ? [] : [`@attribute target {${[...new Set(labels)].join()}}`];
  const rows = values.map((one, index) =>
    [...one[0]!, ...(labels[index] === undefined ? [] : [labels[index]])].join(),
  );
  return ['@relation T', ...names, ...target, '@data', ...rows, ''].join('\n');
}

function long(how: Written, values: number[][][]): string {
  const labels = values.map((_, index) => labelOf(how, index));
  const rows = values.flatMap((one, index) =>
    one[0]!.map((_, step) =>
      [
        `c${index}`,
        ...one.map((row) => row[step]),
        ...(labels[index] === undefined ? [] : [labels[index]]),
      ].join(),
    ),
  );
  const names = [
    'case',
    ...values[0]!.map((_, feature) => `f${feature}`),
    ...(how.label === 'none' ? [] : ['label']),
  ];
  return [names.join(), ...rows, ''].join('\n');
}

/** All instances behind one another, a label per row. */
function stream(how: Written, values: number[][][]): string {
  const rows = values.flatMap((one, index) =>
    one[0]!.map((_, step) => [...one.map((row) => row[step]), labelOf(how, index)].join()),
  );
  return [[...values[0]!.map((_, feature) => `f${feature}`), 'label'].join(), ...rows, ''].join('\n');
}

function write(how: Written): Truth {
  const univariate = how.format === 'arff';
  const plain = {
    ...how,
    features: univariate ? 1 : how.features,
    label: how.format === 'windows' && how.label === 'none' ? ('text' as const) : how.label,
  };
  const values = dataOf(plain);
  const truth = { values, labels: values.map((_, index) => labelOf(plain, index)) };
  const input = { layout: plain.order, features: plain.features, steps: plain.steps } as const;
  const options: DataOptions = plain.model || plain.order === 'NTF' ? { input } : {};
  const text = (content: string, name: string) => ({
    ...truth,
    name,
    options: plain.model ? { input } : {},
    bytes: Buffer.from(content),
  });
  switch (plain.format) {
    case 'npz':
      return { ...truth, bytes: npz(plain, values), name: 'd.npz', options };
    case 'ts':
      return text(ts(plain, values), 'd.ts');
    case 'arff':
      return text(arff(plain, values), 'd.arff');
    case 'gz':
      return { ...text('', 'd.csv.gz'), bytes: gzipSync(long(plain, values)) };
    case 'windows': {
      const { steps } = plain;
      const windows: DataOptions = {
        ...(plain.model && { input }),
        label: 'label',
        window: steps,
        step: steps,
      };
      return { ...text(stream(plain, values), 'd.csv'), options: windows };
    }
  }
}

const tally = { right: 0, asked: 0, refused: 0 };

describe('reading: data sets in every format', () => {
  it('are read right or asked about, never wrong', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(written, async (how) => {
        const { bytes, name, options, values, labels } = write(how);
        const dataset = await readBytes(bytes, options, name).catch((error: unknown) => {
          assert.ok(error instanceof Refusal, String(error));
          tally[error.code.startsWith('ask-') ? 'asked' : 'refused']++;
          return undefined;
        });
        if (!dataset) return;
        tally.right++;
        const found = dataset.instances.map(({ values: all, length, mask }) =>
          Array.from({ length: all.length / length }, (_, feature) =>
            [...all.subarray(feature * length, (feature + 1) * length)].filter((_, at) => mask?.[at] !== 0),
          ),
        );
        assert.deepEqual(found, values);
        assert.deepEqual(
          dataset.instances.map(({ label }) => label),
          labels,
        );
      }),
      { numRuns: 1000 },
    );
    if (process.env.READING_SCORE) console.log(tally);
    assert.ok(tally.right > 900, JSON.stringify(tally));
  });
});
