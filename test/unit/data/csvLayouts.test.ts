import assert from 'node:assert/strict';
import { codes, readText, rowsOf } from './reading.ts';

const input = (features: number, steps: number | null) => ({ layout: 'NFT', features, steps }) as const;

describe('CSV layouts', () => {
  it('single: rows are steps, time and label columns are no features', async () => {
    const dataset = await readText('time,a,b,label\n0,1,10,up\n1,2,20,up\n2,3,30,up\n');
    assert.equal(dataset.layout, 'single');
    assert.deepEqual(dataset.features, ['a', 'b']);
    assert.deepEqual(dataset.columns, ['time', 'a', 'b', 'label']);
    const [instance] = dataset.instances;
    assert.equal(instance?.label, 'up');
    assert.equal(instance?.id, '0');
    assert.deepEqual(rowsOf(instance!), [
      [1, 2, 3],
      [10, 20, 30],
    ]);
    assert.deepEqual([...instance!.lines!], [2, 3, 4]);
    assert.ok(codes(dataset).includes('layout-inferred'));
  });

  it('keeps the times of the time column with their unit', async () => {
    const timed = await readText('case,time_ms,x\na,0,1\nb,5,2\na,20,3\nb,7,4\n');
    assert.deepEqual(timed.time, { name: 'time_ms', kind: 'number', unit: 'ms' });
    assert.deepEqual([...timed.instances[0]!.times!], [0, 20]);
    assert.deepEqual([...timed.instances[1]!.times!], [5, 7]);
    const dated = await readText(
      'date,x\n2024-03-31 01:30,1\n2024-03-31T02:30:00.5,2\n2024-03-31 04:00+01:00,3\n',
    );
    assert.deepEqual(dated.time, { name: 'date', kind: 'date' });
    assert.deepEqual(
      [...dated.instances[0]!.times!].map((time) => new Date(time).toISOString()),
      ['2024-03-31T01:30:00.000Z', '2024-03-31T02:30:00.500Z', '2024-03-31T03:00:00.000Z'],
    );
    const units = await readText('t,a,b\n(s),(g),(g)\n0.5,1,2\n0.75,2,3\n1.5,2,3\n', { time: 't' });
    assert.deepEqual(units.time, { name: 't', kind: 'number', unit: 's' });
    const none = await readText('x,y\n1,5\n2,3\n', { time: null, features: ['x', 'y'] });
    assert.equal(none.time, undefined);
    assert.equal(none.instances[0]!.times, undefined);
    const text = await readText('time,x\nfirst,1\nthen,2\n');
    assert.equal(text.time, undefined);
  });

  it('single: nothing is inferred where features and time are named', async () => {
    const dataset = await readText('t,a,b\n0,1,10\n1,2,20\n', { time: 't', features: ['a', 'b'] });
    assert.equal(dataset.layout, 'single');
    assert.deepEqual(codes(dataset), []);
  });

  it('long: a case column tells the instances apart', async () => {
    const dataset = await readText('case,t,label,x1,x2\na,0,u,1,2\na,1,u,3,4\nb,0,v,5,6\n b ,1,v,7,8\n');
    assert.equal(dataset.layout, 'long');
    assert.deepEqual(
      dataset.instances.map(({ id, index, label, length }) => [id, index, label, length]),
      [
        ['a', 0, 'u', 2],
        ['b', 1, 'v', 2],
      ],
    );
    assert.deepEqual(rowsOf(dataset.instances[1]!), [
      [5, 7],
      [6, 8],
    ]);
    assert.deepEqual([...dataset.instances[1]!.lines!], [4, 5]);
  });

  it('long: rows of a case need not stand together', async () => {
    const dataset = await readText('case,t,x\na,0,1\nb,0,10\na,1,2\nb,1,20\nb,2,30\na,2,3\n');
    assert.deepEqual(rowsOf(dataset.instances[0]!), [[1, 2, 3]]);
    assert.deepEqual(rowsOf(dataset.instances[1]!), [[10, 20, 30]]);
    assert.deepEqual([...dataset.instances[0]!.lines!], [2, 4, 7]);
    assert.deepEqual([...dataset.instances[1]!.lines!], [3, 5, 6]);
    assert.ok(!codes(dataset).includes('cases-scattered'));
  });

  it('long: scattered rows without a time column are joined, with a finding', async () => {
    const dataset = await readText('id,x\na,1\nb,10\na,2\nb,20\n');
    assert.deepEqual(rowsOf(dataset.instances[0]!), [[1, 2]]);
    assert.match(
      dataset.findings.find(({ code }) => code === 'cases-scattered')!.sentence,
      /line 4: case a goes on/,
    );
  });

  it('wide: one series a row, by numbered step columns and a label that varies', async () => {
    const dataset = await readText('id,label,t0,t1,t2\nr1,u,1,2,3\nr2,v,4,5,6\n');
    assert.equal(dataset.layout, 'wide');
    assert.deepEqual(dataset.features, ['value']);
    assert.deepEqual(
      dataset.instances.map((instance) => [instance.id, instance.label, instance.line, rowsOf(instance)]),
      [
        ['r1', 'u', 2, [[1, 2, 3]]],
        ['r2', 'v', 3, [[4, 5, 6]]],
      ],
    );
  });

  it('wide: cells missing at the end of a row end the series', async () => {
    const dataset = await readText('label,t0,t1,t2,t3\nu,1,2,,\nv,4,5,6,7\nw,8,9,NaN,\n', { layout: 'wide' });
    assert.deepEqual(
      dataset.instances.map(({ length }) => length),
      [2, 4, 2],
    );
    assert.match(dataset.findings.find(({ code }) => code === 'wide-shorter')!.sentence, /2 rows .*line 2/);
  });

  it('wide without names, UCR style: the class stands first', async () => {
    const rows = Array.from({ length: 12 }, (_, row) =>
      [row % 2, ...Array.from({ length: 9 }, (_, step) => (row + step / 7).toFixed(3))].join('\t'),
    );
    const dataset = await readText(rows.join('\n'), {}, 'Coffee_TEST.tsv');
    assert.equal(dataset.layout, 'wide');
    assert.equal(dataset.instances.length, 12);
    assert.deepEqual(
      dataset.instances.slice(0, 2).map(({ label, length, line }) => [label, length, line]),
      [
        ['0', 9, 1],
        ['1', 9, 2],
      ],
    );
  });

  it('the model settles what the file leaves open', async () => {
    const numbers = 'f0,f1,f2\n1,2,3\n4,5,6.5\n';
    assert.equal((await readText(numbers, { input: input(3, 2) })).layout, 'single');
    const wide = await readText(numbers, { input: input(1, 3) });
    assert.equal(wide.layout, 'wide');
    assert.equal(wide.instances.length, 2);
    const labelled = await readText('0,1.5,2\n1,4.5,5\n0,4,5\n', { input: input(1, 2) });
    assert.deepEqual(
      labelled.instances.map(({ label, length }) => [label, length]),
      [
        ['0', 2],
        ['1', 2],
        ['0', 2],
      ],
    );
  });

  it('options override what the names suggest', async () => {
    const text = 'case,t,label,x\n1,5,2,7\n1,4,3,8\n1,3,4,9\n';
    const dataset = await readText(text, { layout: 'single', case: null, time: null, label: null });
    assert.deepEqual(dataset.features, ['case', 't', 'label', 'x']);
    const chosen = await readText('k,who,a,b\n0,p,1,2\n1,p,3,4\n0,q,5,6\n', {
      case: 'who',
      time: 'k',
      features: ['b'],
    });
    assert.deepEqual(chosen.features, ['b']);
    assert.deepEqual(
      chosen.instances.map(({ id, length }) => [id, length]),
      [
        ['p', 2],
        ['q', 1],
      ],
    );
    assert.match(
      chosen.findings.find(({ code }) => code === 'columns-ignored')!.sentence,
      /column a left aside/,
    );
  });
});
