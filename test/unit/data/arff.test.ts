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
    const text = `${head}@attribute target {'walk up', run}\n@data\n${row},'walk up'\n${row},run\n${row},?\n`;
    const { classes, instances } = await readText(text, {}, 'a.arff');
    assert.deepEqual(classes, ['walk up', 'run']);
    assert.deepEqual(
      instances.map(({ label, length }) => [label, length]),
      [
        ['walk up', 9],
        ['run', 9],
        [undefined, 9],
      ],
    );
  });

  for (const [what, text, code] of [
    ['without data', '@relation a\n@attribute x numeric\n', 'arff-header'],
    ['with a line of another kind', '@relation a\nhello\n@data\n1\n', 'arff-header'],
    ['of a relation without an end', '@relation a\n@attribute x relational\n@data\n1\n', 'arff-relational'],
    [
      'of several relations',
      '@relation a\n@attribute x relational\n@attribute v real\n@end x\n@attribute y relational\n@data\n',
      'arff-relational',
    ],
    ['of sparse rows', '@relation a\n@attribute x numeric\n@data\n{0 1}\n', 'arff-sparse'],
  ] as const) {
    it(`${what} is refused`, async () => {
      assert.equal((await refusalOf(readText(text, {}, 'a.arff'))).code, code);
    });
  }

  const within = (names: readonly string[]) => names.map((name) => `@attribute ${name} numeric\n`).join('');
  const relational = (names: readonly string[], classes = "{walk,'stand still'}") =>
    `% UEA\n@relation Moves\n@attribute relationalAtt relational\n${within(names)}@end relationalAtt\n@attribute activity ${classes}\n@data\n`;
  const times = ['t0', 't1', 't2', 't3'];

  it('with a bag of rows in one cell, as the UEA archive has its sets, has a feature in each row', async () => {
    const rows = `"1,2,3,?\\n5,6,7,?",walk\n\n% between\n'8,9,10,11\\n12,13,14,15\\n','stand still'\r\n`;
    const set = await readText(`${relational(times)}${rows}`, {}, 'm.arff');
    assert.deepEqual(
      [set.features, set.classes],
      [
        ['dim_0', 'dim_1'],
        ['walk', 'stand still'],
      ],
    );
    assert.deepEqual(
      set.instances.map(({ label, length, line }) => [label, length, line]),
      [
        ['walk', 3, 11],
        ['stand still', 4, 14],
      ],
    );
    assert.deepEqual([...set.instances[1]!.values], [8, 9, 10, 11, 12, 13, 14, 15]);
    assert.match(
      set.findings.map(({ sentence }) => sentence).join(),
      /relational: a row of each bag is a feature/,
    );
  });

  it('with bags whose attributes have names of their own has a step in each row', async () => {
    const set = await readText(
      `${relational(['x', 'y'], 'numeric')}"1,2\\n3,4\\n5,6",0.5\n"1,2\\n3,4",-1\n`,
      {},
      'm.arff',
    );
    assert.deepEqual(set.features, ['x', 'y']);
    assert.deepEqual(
      set.instances.map(({ measured, length, values }) => [measured, length, [...values]]),
      [
        ['0.5', 3, [1, 3, 5, 2, 4, 6]],
        ['-1', 2, [1, 3, 2, 4]],
      ],
    );
  });

  it('with bags of more rows than counted attributes is asked about, and layout or the model says it', async () => {
    const text = `${relational(['a1', 'a2', 'a3'])}"1,2,3\\n4,5,6\\n7,8,9\\n1,2,3\\n3,4,5",walk\n`;
    assert.equal((await refusalOf(readText(text, {}, 'm.arff'))).code, 'ask-relational');
    const shape = async (options: object) => {
      const { instances, features } = await readText(text, options, 'm.arff');
      return [features.length, instances[0]!.length];
    };
    assert.deepEqual(await shape({ layout: 'single' }), [3, 5]);
    assert.deepEqual(await shape({ layout: 'transposed' }), [5, 3]);
    assert.deepEqual(await shape({ input: { layout: 'NFT', features: 5, steps: null } }), [5, 3]);
    assert.deepEqual(await shape({ input: { layout: 'NFT', features: 3, steps: null } }), [3, 5]);
  });

  it('says where a bag is none, its class unknown, or a number no number', async () => {
    const asked = (row: string) => refusalOf(readText(`${relational(times)}${row}\n`, {}, 'm.arff'));
    assert.match(
      (await asked('1,2,3,4,walk')).message,
      /^m\.arff, line 11: a bag of rows in quotes, a comma and the class/,
    );
    assert.match(
      (await asked('"1,2,3,4",run')).message,
      /line 11: "run" is not one of the classes .*stand still/,
    );
    assert.match(
      (await asked('"1,2,x,4",walk')).message,
      /line 11, dimension 1, step 3: "x" is not a number/,
    );
  });

  it('marks the line of what it refuses, as .ts does, and that of the names where a column lacks', async () => {
    const line = async (text: string, name: string, options = {}) =>
      (await refusalOf(readText(text, options, name))).place?.line;
    assert.equal(await line(`${relational(times)}"1,2,x,4",walk\n`, 'm.arff'), 11);
    assert.equal(await line(`${relational(times)}"1,2,3,4",run\n`, 'm.arff'), 11);
    assert.equal(await line('@relation a\nhello\n@data\n1\n', 'm.arff'), 2);
    const ts = '@problemName a\n@univariate true\n@classLabel true p q\n@data\n1,2,3:p\n';
    assert.equal(await line(`${ts}1,x,3:q\n`, 'm.ts'), 6);
    assert.equal(await line(`${ts}1,2,3:r\n`, 'm.ts'), 6);
    const csv = '# made\ntime,a,b\n0,1.5,2.5\n1,2.5,3.5\n';
    assert.equal(await line(csv, 'm.csv', { label: 'class' }), 2);
    assert.equal(await line(csv, 'm.csv', { features: ['a', 'c'] }), 2);
  });
});
