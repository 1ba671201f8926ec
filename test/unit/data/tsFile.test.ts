import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readDataset } from '../../../src/data/readDataset.ts';
import { looksLikeTimeSeriesFile } from '../../../src/data/ts/looksLikeTimeSeriesFile.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { rowsOf } from './reading.ts';
import { header, read } from './toyTs.ts';

describe('aeon/sktime .ts files', () => {
  it('multivariate, unequal lengths, labels, lines', async () => {
    const dataset = await read(`${header}1,2,3:4,5,6:up\r\n\r\n# between\r\n7,8:9,-1e-3:down\r\n`);
    assert.deepEqual(dataset.features, ['dim_0', 'dim_1']);
    assert.deepEqual(dataset.classes, ['up', 'down']);
    assert.deepEqual(
      dataset.instances.map((instance) => [
        instance.id,
        instance.label,
        instance.line,
        instance.length,
        rowsOf(instance),
      ]),
      [
        [
          '0',
          'up',
          7,
          3,
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
        [
          '1',
          'down',
          10,
          2,
          [
            [7, 8],
            [9, -0.001],
          ],
        ],
      ],
    );
  });

  it('univariate, without labels; names from attribution.json', async () => {
    const text =
      '@problemName T\n@univariate true\n@equalLength true\n@seriesLength 2\n@classLabel false\n@data\n1,2\n3,4';
    const dataset = await read(text, { features: ['speed'] });
    assert.deepEqual(dataset.features, ['speed']);
    assert.equal(dataset.classes, undefined);
    assert.deepEqual(dataset.instances.map(rowsOf), [[[1, 2]], [[3, 4]]]);
  });

  it('missing values are filled as asked, and said', async () => {
    const dataset = await read(`${header}1,?,3:4,5,6:up\n`, { missing: 'interpolate' });
    assert.deepEqual(rowsOf(dataset.instances[0]!)[0], [1, 2, 3]);
    assert.match(dataset.findings[0]!.sentence, /^toy\.ts: 1 missing value .*line 7/);
  });

  it('reads back what was written', async () => {
    const series = fc.integer({ min: 1, max: 4 }).chain((features) =>
      fc.array(
        fc.integer({ min: 1, max: 6 }).chain((length) => {
          const value = fc.double({ noNaN: true, noDefaultInfinity: true });
          const row = fc.array(value, { minLength: length, maxLength: length });
          return fc.array(row, { minLength: features, maxLength: features });
        }),
        { minLength: 1, maxLength: 5 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(series, fc.constantFrom('\n', '\r\n', '\r'), async (given, newline) => {
        const lines = given.map((rows) => `${rows.map((row) => row.join(',')).join(':')}:down`);
        const dataset = await read((header + lines.join('\n')).replaceAll('\n', newline));
        assert.deepEqual(
          dataset.instances.map(rowsOf),
          given.map((rows) => rows.map((row) => row.map((value) => value + 0))),
        );
        assert.deepEqual(
          dataset.instances.map(({ line }) => line),
          given.map((_, index) => 7 + index),
        );
      }),
    );
  });

  for (const [what, pair] of [
    ['numbers', (step: number, value: number) => `(${step * 0.5},${value})`],
    ['dates with colons', (step: number, value: number) => `(2007-01-01 00:0${step}:00,${value})`],
  ] as const) {
    it(`reads pairs of time and value: ${what}`, async () => {
      const series = (from: number) => [0, 1, 2, 3].map((step) => pair(step, from + step)).join();
      const head = '@problemName T\n@timeStamps true\n@univariate false\n@classLabel true a b\n@data\n';
      const { instances } = await read(`${head}${series(1)}:${series(10)}:b\n`);
      assert.deepEqual([...instances[0]!.values], [1, 2, 3, 4, 10, 11, 12, 13]);
      assert.equal(instances[0]!.label, 'b');
    });
  }

  it('keeps the number that a regression is to give apart from labels', async () => {
    const { instances } = await read('@problemName T\n@targetLabel true\n@data\n1,2:0.5\n3,4:1.25\n');
    assert.deepEqual(
      instances.map(({ measured, label }) => [measured, label]),
      [
        ['0.5', undefined],
        ['1.25', undefined],
      ],
    );
    assert.deepEqual([...instances[1]!.values], [3, 4]);
  });

  it('is told from TypeScript by its header', () => {
    assert.ok(looksLikeTimeSeriesFile('\uFEFF@problemName X\n'));
    assert.ok(looksLikeTimeSeriesFile('# one\r\n\r\n#two\r\n@univariate true\r\n'));
    assert.ok(looksLikeTimeSeriesFile('#long comment\n#that fills what was read\n#and is cu'));
    assert.ok(!looksLikeTimeSeriesFile('#!/usr/bin/env node\nconst x = 1;\n'));
    assert.ok(!looksLikeTimeSeriesFile('@Component({ selector: "x" })\nexport class X {}\n'));
    assert.ok(!looksLikeTimeSeriesFile('@dataset\nclass X {}\n'));
    assert.ok(!looksLikeTimeSeriesFile(''));
    assert.ok(!looksLikeTimeSeriesFile('\n\n'));
    assert.ok(
      !looksLikeTimeSeriesFile(readFileSync(join(import.meta.dirname, 'reading.ts'), 'utf8').slice(0, 1000)),
    );
  });
});

describe('reference .ts files', () => {
  it('JapaneseVowels: 370 cases, 12 dimensions, 9 classes, lengths 7 to 29', async () => {
    const path = referenceFile('JapaneseVowels/JapaneseVowels_TEST.ts');
    assert.ok(looksLikeTimeSeriesFile(readFileSync(path, 'utf8').slice(0, 1024)), 'long comments first');
    const dataset = await readDataset({ path }, {});
    assert.equal(dataset.instances.length, 370);
    assert.equal(dataset.features.length, 12);
    assert.deepEqual(dataset.classes, ['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const lengths = dataset.instances.map(({ length }) => length);
    assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [7, 29]);
    const lines = readFileSync(path, 'utf8').split('\n');
    for (const { line, label, values } of dataset.instances) {
      assert.ok(lines[line! - 1]!.startsWith(String(values[0])));
      assert.ok(lines[line! - 1]!.trim().endsWith(`:${label}`));
    }
  });

  it('padded30_content.ts holds the same numbers as the CSV', async () => {
    const fromTs = await readDataset({ path: referenceFile('padded30/padded30_content.ts') }, {});
    const fromCsv = await readDataset({ path: referenceFile('padded30/padded30_content.csv') }, {});
    // Of the 60, as many as are kept here.
    assert.ok(fromTs.instances.length >= 24);
    for (const [index, instance] of fromTs.instances.entries()) {
      const other = fromCsv.instances[index]!;
      assert.equal(instance.label, other.label);
      assert.equal(instance.length, other.length);
      const values = other.values;
      assert.ok(
        instance.values.every((value, at) => Math.abs(value - values[at]!) <= 1e-5 * Math.abs(value)),
      );
    }
  });
});
