import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { writeNpy } from '../../../src/data/numpy/writeNpz.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { int64, tensor } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { rowsOf } from '../data/reading.ts';

/** A data set of one seed, and the files it is written into. */
interface Written {
  readonly form:
    | 'parquet'
    | 'parquetWide'
    | 'folders'
    | 'names'
    | 'table'
    | 'npyPair'
    | 'blanks'
    | 'transposed'
    | 'restarts';
  readonly features: number;
  readonly steps: number;
  readonly instances: number;
  readonly uneven: boolean;
  readonly timed: boolean;
  readonly labelled: boolean;
  readonly model: 'none' | 'fixed' | 'free';
  readonly delimiter: ',' | ';' | '\t';
  readonly named: boolean;
  readonly seed: number;
}

const written: fc.Arbitrary<Written> = fc.record({
  form: fc.constantFrom(
    'parquet',
    'parquetWide',
    'folders',
    'names',
    'table',
    'npyPair',
    'blanks',
    'transposed',
    'restarts',
  ),
  features: fc.integer({ min: 1, max: 4 }),
  steps: fc.integer({ min: 9, max: 24 }),
  instances: fc.constantFrom(4, 6),
  uneven: fc.boolean(),
  timed: fc.boolean(),
  labelled: fc.boolean(),
  model: fc.constantFrom('none', 'fixed', 'free'),
  delimiter: fc.constantFrom(',', ';', '\t'),
  named: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

type Values = readonly (readonly (readonly number[])[])[];

function dataOf({ features, steps, instances, uneven, seed, form }: Written): Values {
  let state = seed;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return Math.round((state / 2147483647) * 400) / 8 - 24.9375;
  };
  const rows = form === 'parquetWide' ? 1 : features;
  const shorter = uneven && !['parquetWide', 'npyPair'].includes(form);
  return Array.from({ length: instances }, (_, index) =>
    Array.from({ length: rows }, () => Array.from({ length: shorter ? steps - (index % 3) : steps }, next)),
  );
}

const CLASSES = ['walk', 'run'];
const labelOf = (how: Written, index: number) => (how.labelled ? CLASSES[index % 2]! : undefined);

/** One instance as a table. */
function table(how: Written, one: Values[number], time = how.timed): string {
  const { delimiter: by } = how;
  const head = [...(time ? ['time'] : []), ...one.map((_, feature) => `f${feature}`)].join(by);
  const rows = one[0]!.map((_, step) =>
    [...(time ? [(step / 50).toFixed(2)] : []), ...one.map((row) => row[step])].join(by),
  );
  return `${[...(how.named || time ? [head] : []), ...rows].join('\n')}\n`;
}

function parquet(how: Written, values: Values): Uint8Array {
  const cells = <T>(make: (one: Values[number], index: number, step: number) => T) =>
    values.flatMap((one, index) => one[0]!.map((_, step) => make(one, index, step)));
  const long = [
    { name: 'case', data: cells((_, index) => `c${index}`) },
    ...(how.timed
      ? [{ name: 'time', data: cells((_, __, step) => step / 50), type: 'DOUBLE' as const }]
      : []),
    ...values[0]!.map((_, feature) => ({
      ...{ name: `f${feature}`, type: 'DOUBLE' as const },
      data: cells((one, _, step) => one[feature]![step]!),
    })),
    ...(how.labelled ? [{ name: 'label', data: cells((_, index) => labelOf(how, index)!) }] : []),
  ];
  const wide = [
    ...values[0]![0]!.map((_, step) => ({
      ...{ name: `t${step}`, type: 'DOUBLE' as const },
      data: values.map((one) => one[0]![step]!),
    })),
    ...(how.labelled ? [{ name: 'label', data: values.map((_, index) => labelOf(how, index)!) }] : []),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData: how.form === 'parquet' ? long : wide }));
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The files, which of them (or the folder) is read, and the order its instances come in. */
function write(how: Written, values: Values): { files: Files; path: string; order: readonly number[] } {
  const inOrder = values.map((_, index) => index);
  const byClass = inOrder.toSorted((a, b) =>
    CLASSES[a % 2]! < CLASSES[b % 2]! ? -1 : CLASSES[a % 2] === CLASSES[b % 2] ? a - b : 1,
  );
  const each = (name: (index: number) => string): Files =>
    Object.fromEntries(values.map((one, index) => [name(index), table(how, one)]));
  switch (how.form) {
    case 'parquet':
    case 'parquetWide':
      return { files: { 'd.parquet': parquet(how, values) }, path: 'd.parquet', order: inOrder };
    case 'folders':
      return how.labelled
        ? { files: each((index) => `${CLASSES[index % 2]}/r${index}.csv`), path: '', order: byClass }
        : { files: each((index) => `r${index}.csv`), path: '', order: inOrder };
    case 'names':
      return how.labelled
        ? { files: each((index) => `${CLASSES[index % 2]}_${index}.csv`), path: '', order: byClass }
        : { files: each((index) => `rec_${index}.csv`), path: '', order: inOrder };
    case 'table': {
      const rows = values.map((_, index) => `r${index}.csv,${labelOf(how, index)}`).join('\n');
      const labels: Files = how.labelled ? { 'labels.csv': `file,label\n${rows}\n` } : {};
      return { files: { ...each((index) => `r${index}.csv`), ...labels }, path: '', order: inOrder };
    }
    case 'npyPair': {
      const dims = [values.length, values[0]!.length, how.steps];
      const x = writeNpy(tensor('float64', dims, Float64Array.from(values.flat(2))));
      const y = writeNpy(
        int64(
          [values.length],
          inOrder.map((index) => index % 2),
        ),
      );
      return { files: { 'X.npy': x, ...(how.labelled && { 'y.npy': y }) }, path: 'X.npy', order: inOrder };
    }
    case 'blanks':
      return {
        files: {
          'd.txt': values
            .map((one, at) => (at === 0 ? table(how, one) : table({ ...how, named: false }, one, false)))
            .join('\n'),
        },
        path: 'd.txt',
        order: inOrder,
      };
    case 'restarts':
      return {
        files: {
          'd.csv': values
            .map((one, at) =>
              table(how, one, true)
                .split('\n')
                .slice(at === 0 ? 0 : 1)
                .join('\n'),
            )
            .join(''),
        },
        ...{ path: 'd.csv', order: inOrder },
      };
    case 'transposed': {
      const row = (one: readonly number[], feature: number) =>
        // One row with a word before it is a series with its class as well.
        [...(how.named && how.features > 1 ? [`ch${'abcd'[feature]}`] : []), ...one].join(how.delimiter);
      return { files: { 'd.csv': `${values[0]!.map(row).join('\n')}\n` }, path: 'd.csv', order: [0] };
    }
  }
}

function faults(dataset: Dataset, how: Written, values: Values, order: readonly number[]): void {
  assert.deepEqual(
    dataset.instances.map(rowsOf),
    order.map((index) => values[index]!),
  );
  const unlabelled = ['transposed', 'restarts', 'blanks'].includes(how.form);
  assert.deepEqual(
    dataset.instances.map(({ label }) => label),
    order.map((index) =>
      unlabelled || !how.labelled ? undefined : how.form === 'npyPair' ? `${index % 2}` : labelOf(how, index),
    ),
  );
}

const tally = { right: 0, asked: 0, refused: 0 };

describe('reading: data sets as files and folders', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'lens-property-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('are read right or asked about, never wrong', async function () {
    this.timeout(120_000);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(written, async (how) => {
        const values = dataOf(how);
        const { files, path, order } = write(how, values);
        const folder = join(root, `${run++}`);
        for (const [name, content] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, name)), { recursive: true });
          writeFileSync(join(folder, name), content);
        }
        const features = how.form === 'parquetWide' ? 1 : how.features;
        const steps = how.model === 'fixed' ? how.steps : null;
        const given = how.model !== 'none' || how.form === 'transposed' || how.form === 'parquetWide';
        const options: DataOptions = given ? { input: { layout: 'NFT', features, steps } } : {};
        const dataset = await readDataset({ path: join(folder, path) }, options).catch((error: unknown) => {
          assert.ok(error instanceof Refusal, String(error));
          tally[error.code.startsWith('ask-') ? 'asked' : 'refused']++;
          if (process.env.READING_SCORE && !error.code.startsWith('ask-'))
            console.log(how.form, error.message);
          return undefined;
        });
        rmSync(folder, { recursive: true, force: true });
        if (!dataset) return;
        tally.right++;
        faults(dataset, how, values, order);
      }),
      { numRuns: 150 },
    );
    if (process.env.READING_SCORE) console.log(tally);
    assert.ok(tally.right > 75, JSON.stringify(tally));
  });
});
