import assert from 'node:assert/strict';
import { readText, refusalOf } from './reading.ts';

describe('ARFF', () => {
  const head =
    "% a set\n@relation 'gun point'\n@attribute 'att1' numeric\n@attribute att2 REAL\n@attribute att3 real\n@attribute target {2,1}\n\n@data\n";
  it('is the table it describes, with its classes', async () => {
    const set = await readText(`${head}0.5,1.5,2.5,1\n% between\n0.25,1,?,2\n1,2,3,1\n`, {}, 'gun.arff');
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['1', '2', '1'],
    );
    assert.deepEqual(
      set.instances.map(({ length }) => length),
      [3, 2, 3],
    );
    assert.deepEqual(
      set.instances.map(({ line }) => line),
      [9, 11, 12],
    );
    assert.deepEqual(set.classes, ['2', '1']);
  });

  it('ARFF: classes of several words stand without their quotes', async () => {
    const head = `@relation a\n${Array.from({ length: 9 }, (_, at) => `@attribute x${at} numeric\n`).join('')}`;
    const row = Array.from({ length: 9 }, (_, at) => `${at}.5`).join();
    const text = `${head}@attribute target {'walk up', run}\n@data\n${row},'walk up'\n${row},run\n`;
    const { classes, instances } = await readText(text, {}, 'a.arff');
    assert.deepEqual(classes, ['walk up', 'run']);
    assert.deepEqual(
      instances.map(({ label, length }) => [label, length]),
      [
        ['walk up', 9],
        ['run', 9],
      ],
    );
  });

  for (const [what, text, code] of [
    ['without data', '@relation a\n@attribute x numeric\n', 'arff-header'],
    ['with a line of another kind', '@relation a\nhello\n@data\n1\n', 'arff-header'],
    ['of relations', '@relation a\n@attribute x relational\n@data\n1\n', 'arff-relational'],
    ['of sparse rows', '@relation a\n@attribute x numeric\n@data\n{0 1}\n', 'arff-sparse'],
  ] as const) {
    it(`${what} is refused`, async () => {
      assert.equal((await refusalOf(readText(text, {}, 'a.arff'))).code, code);
    });
  }
});
