import assert from 'node:assert/strict';
import { readText } from '../data/reading.ts';

describe('reading: a label of whole numbers under its name in another language', () => {
  for (const name of ['类别', '類別', 'osztály', 'clasa', 'clasă', 'klasse']) {
    it(`${name}: taken`, async () => {
      const rows = Array.from({ length: 36 }, (_, at) =>
        [Math.floor(at / 9), at % 9, Math.floor(at / 9) % 2, ((at * 37) % 29) / 7].map(String).join(),
      );
      const { instances, features } = await readText(`${[`id,time,${name},x`, ...rows].join('\n')}\n`);
      assert.deepEqual(features, ['x']);
      assert.deepEqual(
        instances.map(({ label }) => label),
        ['0', '1', '0', '1'],
      );
    });
  }
});
