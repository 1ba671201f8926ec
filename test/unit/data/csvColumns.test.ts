import assert from 'node:assert/strict';
import { codes, readText } from './reading.ts';

describe('CSV columns', () => {
  it('mask and length columns become masks, not features', async () => {
    const masked = await readText('case,x,valid\na,1,1\na,0,0\nb,2,1\nb,3,1\n', { maskColumn: 'valid' });
    assert.deepEqual(masked.features, ['x']);
    assert.equal(masked.maskOrigin, 'column valid');
    assert.deepEqual(
      masked.instances.map(({ mask }) => [...mask!]),
      [
        [1, 0],
        [1, 1],
      ],
    );
    const byLength = await readText('case,x,n\na,0,1\na,5,1\nb,2,2\nb,3,2\n', {
      lengthColumn: { column: 'n', side: 'front' },
    });
    assert.deepEqual(
      byLength.instances.map(({ mask }) => [...mask!]),
      [
        [0, 1],
        [1, 1],
      ],
    );
  });

  it('blank cells under a mask of 0 are no missing values', async () => {
    const dataset = await readText('case,x,m\na,1,1\na,,0\nb,2,1\nb,3,1\n', { maskColumn: 'm' });
    assert.ok(Number.isNaN(dataset.instances[0]!.values[1]));
  });

  it('y is a label only where it looks like one', async () => {
    assert.deepEqual((await readText('t,x,y,z\n0,1.5,2,3\n1,2,2,4\n')).features, ['x', 'y', 'z']);
    assert.deepEqual((await readText('t,a,y\n0,1.5,2\n1,2,2\n')).features, ['a']);
    assert.deepEqual((await readText('t,a,y\n0,1.5,2.5\n1,2,3.5\n')).features, ['a', 'y']);
  });

  it('a row index as pandas writes it and columns of text are left aside, and said so', async () => {
    const dataset = await readText(',case,note,x\n0,a,hello,1\n1,a,you,2\n2,b,there,3\n');
    assert.deepEqual(dataset.features, ['x']);
    const said = dataset.findings.filter(({ code }) => code === 'columns-ignored');
    assert.match(
      said.map(({ sentence }) => sentence).join(' '),
      /column column 1 left .* column note left aside/,
    );
  });

  it('a text column that stays the same within each case is the label, and that is said', async () => {
    const dataset = await readText('case,motion,x\na,walk,1\na,walk,2\nb,run,3\nb,run,4\n');
    assert.deepEqual(
      dataset.instances.map(({ label }) => label),
      ['walk', 'run'],
    );
    assert.ok(codes(dataset).includes('label-inferred'));
  });

  it('names the features that never change', async () => {
    const dataset = await readText('t,a,b\n0,1,5\n1,2,5\n2,3,5\n');
    assert.match(
      dataset.findings.find(({ code }) => code === 'constant-feature')!.sentence,
      /feature b is constant/,
    );
  });

  it('times that repeat are kept, with a finding; dates and clocks are compared as such', async () => {
    assert.ok(codes(await readText('time,x\n1,1\n1,2\n2,3\n')).includes('time-repeats'));
    for (const [first, second] of [
      ['2026-03-02T08:00:00Z', '2026-03-02T08:00:01Z'],
      ['2026-03-31 23:59:59.5', '2026-04-01 00:00:00'],
      ['9:59', '10:00'],
    ]) {
      await readText(`time,x\n${first},1\n${second},2\n`);
      await assert.rejects(readText(`time,x\n${second},1\n${first},2\n`), { code: 'time-order' });
    }
    assert.ok(codes(await readText('time,x\nmon,1\ntue,2\n')).includes('time-unchecked'));
  });
});
