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

describe('reading: a layout that settings say and the columns do not', () => {
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
});
