import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { codes, readText } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const long = (features: readonly string[]): string => {
  const rows = Array.from({ length: 60 }, (_, at) =>
    [`s${Math.floor(at / 20)}`, at % 20, ...features.map((_, k) => value(at * (k + 1)))].join(),
  );
  return `id,time,${features.join()}\n${rows.join('\n')}\n`;
};

const single = long(['a', 'b'])
  .replace(/^id,/, '')
  .replaceAll(/^s\d,/gm, '')
  .split('\n')
  .slice(0, 21)
  .join('\n');

describe('reading: what settings say and the file does not', () => {
  it('is followed and warned of', async () => {
    for (const [options, features] of [
      [{}, ['a']],
      [model(1), ['a']],
      [{}, ['a', 'b', 'c']],
      [model(1), ['a', 'b', 'c']],
    ] as const) {
      const found = await readText(long(features), { ...options, layout: 'wide' });
      assert.equal(found.instances.length, 60);
      assert.ok(codes(found).includes('layout-contradicted'), String(features));
    }
  });

  it('is no contradiction where it answers a question, or says what is found', async () => {
    const rows = Array.from({ length: 9 }, (_, row) =>
      Array.from({ length: 30 }, (_, step) => value(row * 57 + step)).join(),
    );
    for (const layout of ['wide', 'single'] as const) {
      const found = await readText(`${rows.join('\n')}\n`, { layout });
      assert.ok(!codes(found).includes('layout-contradicted'), layout);
    }
    assert.ok(!codes(await readText(long(['a']), { layout: 'long' })).includes('layout-contradicted'));
  });

  it('is warned of where lines are skipped that hold names or steps', async () => {
    for (const options of [
      { skip: 3, header: false },
      { skip: 2, header: true },
      { skip: 0, header: true, units: true },
    ]) {
      const found = await readText(single, options);
      assert.ok(codes(found).includes('layout-contradicted'), JSON.stringify(options));
      assert.match(
        found.findings[0]!.sentence,
        /alone it would be read from line 2 on, with the names of line 1/,
      );
    }
    const preamble = `device,7\nrate,50\n${single}`;
    assert.ok(!codes(await readText(preamble, { skip: 2, header: true })).includes('layout-contradicted'));
  });

  it('is no split of recordings that a column tells apart at the same rows', async () => {
    const found = await readText(long(['a', 'b']).replaceAll('s', ''), { split: 'time' });
    assert.deepEqual([found.instances.length, found.features], [3, ['a', 'b']]);
    assert.equal(found.plan?.parts[0]?.role, 'case');
  });

  it('is warned of where a column parts the rows elsewhere than a split does', async () => {
    const found = await readText(long(['a', 'b']), { split: 'blank' }).catch(String);
    assert.match(String(found), /begins again/);
    const blocks = long(['a', 'b']).split('\n');
    const within = [...blocks.slice(0, 11), '', ...blocks.slice(11)].join('\n').replaceAll(/^s/gm, '');
    const parted = await readText(within, { split: 'blank', time: null });
    assert.ok(codes(parted).includes('layout-contradicted'));
    assert.match(parted.findings[0]!.sentence, /case id/);
  });

  it('names columns by their number in a file that these are not of', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [at, value(at), value(at * 2), value(at * 3)].join());
    const found = await readText(`${rows.join('\n')}\n`, { time: 'column 2', case: null }).catch(String);
    assert.match(String(found), /goes back/);
    const aside = await readText(`${rows.join('\n')}\n`, { label: null, case: null });
    assert.ok(!codes(aside).includes('layout-contradicted'));
  });
});
