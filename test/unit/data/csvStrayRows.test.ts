import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { codes, readText, refusalOf, rowsOf } from './reading.ts';

const input = { layout: 'NFT', features: 3, steps: null } as const;
const value = (at: number) => (Math.sin(at) * 2 + 0.0003).toFixed(4);
const rows = Array.from({ length: 30 }, (_, at) =>
  [(at / 100).toFixed(2), value(at), value(2 * at), value(3 * at)].join(),
);
const names = 't,x,y,z';

/** The refusal is the same with and without a model, and where the features are named. */
async function refused(lines: readonly string[], expected: RegExp) {
  for (const options of [{}, { input }, { input, features: ['x', 'y', 'z'] }] satisfies DataOptions[]) {
    assert.match((await refusalOf(readText(`${lines.join('\n')}\n`, options))).message, expected);
  }
}

describe('rows of a table that are no steps', () => {
  it('are refused by their line: totals, names again, remarks', async () => {
    await refused([names, ...rows, 'Mean,1,2,3'], /line 32, column "t": "Mean" is no number/);
    await refused([names, ...rows, '', 'Average,1,2,3'], /line 33, column "t": "Average" is no number/);
    await refused([names, ...rows, ',1,2,3'], /line 32, column "t": the cell is blank/);
    await refused([names, ...rows, names, ...rows], /line 32: the names of the columns stand here again/);
    await refused(
      [names, ...rows, `\uFEFF${names}`, ...rows],
      /line 32: the names of the columns stand here again/,
    );
    await refused(
      [names, ...rows.slice(0, 9), 'battery low', ...rows.slice(9)],
      /line 11, column "t": "battery low"/,
    );
    await refused([names, ...rows, 'end of file'], /line 32, column "t": "end of file"/);
  });

  it('are refused behind the only blank line of rows without times', async () => {
    const bare = rows.map((row) => row.slice(row.indexOf(',') + 1));
    const text = (...blocks: readonly (readonly string[])[]) =>
      ['x,y,z', blocks.map((some) => some.join('\n')).join('\n\n')].join('\n');
    const { message } = await refusalOf(readText(text(bare, ['1.5,1.25,1']), { input }));
    assert.match(message, /line 33: what stands behind a blank line at the end of 30 rows may be totals/);
    assert.equal((await readText(text(bare), { input })).instances[0]!.length, 30);
  });

  it('are asked about below the names: numbers of channels, counts of samples', async () => {
    const bare = rows.map((row) => row.slice(row.indexOf(',') + 1));
    const counted = ['x,y,z', '1,2,3', ...bare].join('\n');
    assert.match(
      (await refusalOf(readText(counted, { input }))).message,
      /line 2: the first row below the names counts the columns/,
    );
    const steps = async (text: string, options: DataOptions) =>
      rowsOf((await readText(text, { input, ...options })).instances[0]!)[0]!;
    assert.equal((await steps(counted, { header: true, units: true })).length, 30);
    assert.deepEqual((await steps(counted, { header: true })).slice(0, 2), [1, Number(value(0))]);
    const biopac = [
      'sample.acq',
      '2 msec/sample',
      'min,CH1,CH2,CH3,',
      ',100,100,100,',
      ...rows.map((row) => `${row},`),
    ].join('\n');
    assert.match(
      (await refusalOf(readText(biopac, { input }))).message,
      /line 4: the first row below the names lacks.*--set data\.skip=2/,
    );
    assert.equal((await steps(biopac, { skip: 2, header: true, units: true })).length, 30);
  });
});

describe('rows of features where no model says how many there are', () => {
  it('are refused where they are melted, and asked about where each sensor has a row of steps', async () => {
    const times = rows.slice(0, 20).map((_, at) => at);
    const melted = (head: string, row: (at: number, one: number) => string) =>
      [head, ...[0, 1, 2].flatMap((one) => times.map((at) => row(at, one)))].join('\n');
    const r = melted('time,variable,value', (at, one) => `${at},${'xyz'[one]},${value(at + 7 * one)}`);
    assert.match(
      (await refusalOf(readText(r))).message,
      /a row for each feature and step: column "variable" names 3/,
    );
    const flux = melted(
      'table,_time,_value,_field',
      (at, one) => `${one},2024-01-01T00:00:${10 + at}Z,${value(at + 7 * one)},a${one}`,
    );
    assert.match((await refusalOf(readText(flux))).message, /column "_field" names 3 features/);
    const steps = Array.from({ length: 12 }, (_, at) => `t${at}`);
    const perSensor = [
      `case,sensor,label,${steps}`,
      ...[0, 1, 2, 3].flatMap((one) =>
        ['x', 'y', 'z'].map(
          (name, at) =>
            `${one},${name},${one % 2 ? 'a' : 'b'},${steps.map((_, step) => value(step + one + 9 * at))}`,
        ),
      ),
    ].join('\n');
    assert.match(
      (await refusalOf(readText(perSensor))).message,
      /each sensor once for every case: a row looks like a feature/,
    );
    const { instances, features } = await readText(perSensor, { layout: 'transposed' });
    assert.deepEqual([instances.length, features, instances[0]!.length], [4, ['x', 'y', 'z'], 12]);
    assert.equal((await readText(perSensor, { layout: 'long', case: 'case' })).features.length, 12);
  });
});

describe('numbers and labels as other programs write them', () => {
  it('have parted thousands where that can be nothing else', async () => {
    const table = (delimiter: string, decimal: string, part: string, quote = '') =>
      ['a b', '0.5 1989.25', '1.5 3192.5', '2.5 1003192.75']
        .map((line) =>
          line
            .split(' ')
            .map((cell) => {
              const [whole = '', decimals] = cell.split('.');
              return (
                quote +
                whole.replace(/(?<=\d)(?=(\d{3})+$)/g, part) +
                (decimals ? decimal + decimals : '') +
                quote
              );
            })
            .join(delimiter),
        )
        .join('\n');
    for (const text of [
      table(';', '.', "'"),
      table(';', '.', '’'),
      table(';', ',', '\u202f'),
      table(';', ',', '\u00a0'),
      table(',', '.', ',', '"'),
    ]) {
      const dataset = await readText(text, { layout: 'single' });
      assert.deepEqual(
        rowsOf(dataset.instances[0]!),
        [
          [0.5, 1.5, 2.5],
          [1989.25, 3192.5, 1003192.75],
        ],
        text,
      );
      assert.ok(codes(dataset).includes('thousands'));
    }
    // Every decimal has a thousand before it.
    for (const part of ["'", '\u202f', '\u00a0']) {
      const large = await readText(
        `t;p;q\n0;4${part}425,78;6${part}134,06\n1;4${part}672,40;15${part}777,49\n`,
        { time: 't', layout: 'single' },
      );
      assert.deepEqual(rowsOf(large.instances[0]!), [
        [4425.78, 4672.4],
        [6134.06, 15777.49],
      ]);
    }
    // 1,234 may be a decimal comma.
    await refusalOf(
      readText('a,b\n0.5,"1,989"\n1.5,"3,192"\n2.5,"1,003"\n', { layout: 'single', features: ['a', 'b'] }),
    );
  });

  it('are the classes of the archive of UCR, written with exponents', async () => {
    const row = (label: number, at: number) =>
      `  ${[label, ...Array.from({ length: 20 }, (_, step) => Math.sin(at + step))].map((one) => one.toExponential(7)).join('  ')}`;
    const text = Array.from({ length: 12 }, (_, at) => row(1 + (at % 2), at)).join('\n');
    const { instances } = await readText(
      text,
      { input: { layout: 'NFT', features: 1, steps: 20 }, label: 'column 1' },
      'Coffee_TRAIN.txt',
    );
    assert.deepEqual(instances.map(({ label, length }) => [label, length]).slice(0, 2), [
      ['1', 20],
      ['2', 20],
    ]);
    const inferred = await readText(text, {}, 'Coffee_TRAIN.txt');
    assert.deepEqual(inferred.instances.map(({ label }) => label).slice(0, 2), ['1', '2']);
  });

  it('say which labels lack, and which classes differ in capitals alone', async () => {
    const labels = ['walk', '?', 'Walk', 'run'];
    const text = [
      'case,t,label,x,y',
      ...labels.flatMap((label, one) =>
        rows.slice(0, 9).map((row) => `${one},${row.split(',')[0]},${label},${row.split(',').slice(1, 3)}`),
      ),
    ].join('\n');
    const dataset = await readText(text);
    assert.deepEqual(
      dataset.instances.map(({ label }) => label),
      ['walk', undefined, 'Walk', 'run'],
    );
    const said = dataset.findings
      .filter(({ code }) => code.startsWith('labels-'))
      .map(({ sentence }) => sentence);
    assert.match(
      said.join('\n'),
      /1 of 4 instances has no label.*\n.*the classes walk, Walk differ in capitals/,
    );
  });
});
