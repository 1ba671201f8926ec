import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const T = 20;
const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const series = (row: number): string[] => Array.from({ length: T }, (_, at) => value(row * 13 + at));
const head = Array.from({ length: T }, (_, at) => `t${at}`).join();
const fixed: DataOptions = { input: { layout: 'NFT', features: 1, steps: T } };
/** 24 series. */
const wide = (name: string, cell: (row: number) => unknown): string =>
  `${name},${head}\n${Array.from({ length: 24 }, (_, row) => [cell(row), ...series(row)].join()).join('\n')}\n`;
/** Six instances of 12 rows. */
const long = (name: string, cell: (instance: number) => unknown): string =>
  `id,t,a,b,${name}\n${Array.from({ length: 72 }, (_, at) =>
    [Math.floor(at / 12), at % 12, value(at), value(at * 3), cell(Math.floor(at / 12))].join(),
  ).join('\n')}\n`;

async function asked(text: string, options: DataOptions, label: string | null): Promise<void> {
  const question = await refusalOf(readText(text, options));
  assert.ok(question instanceof ReadingQuestion, question.message);
  assert.equal(question.code, 'ask-label-column');
  assert.ok(question.doubt.ways.some(({ patch }) => (patch.data as DataOptions).label === label));
}

describe('reading: whether a column names classes or persons', () => {
  it('whole numbers under a name that says no class are asked about beside steps, whatever the width', async () => {
    for (const name of [
      'stay_id',
      'hadm_id',
      'subjID',
      'epoch_no',
      'operator',
      'household',
      '患者ID',
      'scan',
    ])
      await asked(
        wide(name, (row) => 1 + Math.floor(row / 3)),
        fixed,
        null,
      );
    for (const name of ['label', 'activity_id', 'condition', 'sleep_stage', 'fault_type']) {
      const { instances } = await readText(
        wide(name, (row) => 1 + (row % 3)),
        fixed,
      );
      assert.equal(instances[1]!.label, '2');
    }
  });

  it('so are words that are running numbers, numbers of something by name, or many of few series each', async () => {
    const names = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen'];
    for (const options of [{}, fixed]) {
      for (const name of ['mouse', 'driver', 'volunteer', 'take'])
        await asked(
          wide(name, (row) => `P0${1 + Math.floor(row / 3)}`),
          options,
          null,
        );
      await asked(
        wide('stay_id', (row) => (row % 2 ? 'north' : 'south')),
        options,
        null,
      );
      await asked(
        wide('who', (row) => names[Math.floor(row / 3)]),
        options,
        null,
      );
      for (const name of ['who', 'gesture', 'motion']) {
        const { instances } = await readText(
          wide(name, (row) => names[row % 3]),
          options,
        );
        assert.equal(instances[1]!.label, 'bee');
      }
      const { instances } = await readText(
        wide('q', (row) => `class${row % 3}`),
        options,
      );
      assert.equal(instances[1]!.label, 'class1');
      const { instances: groups } = await readText(
        wide('label', (row) => `P${row % 3}`),
        options,
      );
      assert.equal(groups[1]!.label, 'P1');
    }
    await asked(
      long('device', (of) => `D${of >> 1}`),
      {},
      'device',
    );
    const { instances } = await readText(
      long('device', (of) => `D${of >> 1}`),
      { classes: ['D0', 'D1', 'D2'] },
    );
    assert.equal(instances[2]!.label, 'D1');
  });

  it('one word throughout tells nothing apart, and is no class beside another one', async () => {
    for (const [name, word] of [
      ['unit', 'mV'],
      ['interval', 'D'],
      ['status', 'ok'],
    ] as const) {
      const { instances, findings } = await readText(long(name, () => word));
      assert.deepEqual([...new Set(instances.map(({ label }) => label))], [undefined]);
      assert.ok(findings.some(({ sentence }) => sentence.includes(`"${word}" throughout`)));
      const beside = await readText(long(`${name},motion`, (of) => `${word},${of % 2 ? 'run' : 'walk'}`));
      assert.deepEqual(
        beside.instances.slice(0, 2).map(({ label }) => label),
        ['walk', 'run'],
      );
      const said = await readText(
        long(name, () => word),
        { label: name },
      );
      assert.equal(said.instances[0]!.label, word);
    }
    assert.equal((await readText(long('label', () => 'walk'))).instances[0]!.label, 'walk');
  });
});
