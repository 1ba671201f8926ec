import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const lines = (row: (at: number) => readonly unknown[]): string =>
  `${Array.from({ length: 120 }, (_, at) => row(at).join(' ')).join('\n')}\n`;

async function asked(text: string, options: DataOptions): Promise<ReadingQuestion['doubt']> {
  const refusal = await refusalOf(readText(text, options, 'rows.txt'));
  assert.ok(refusal instanceof ReadingQuestion, refusal.message);
  return refusal.doubt;
}

describe('reading: an answer takes none back that was given before', () => {
  const input = { layout: 'NFT', features: 4, steps: null } as const;

  it('of a label, where another column is one number throughout', async () => {
    const text = lines((at) => [
      ...[(at / 100).toFixed(2), Math.floor(at / 40) + 1, 104],
      ...[value(at), value(at * 3), value(at * 7)],
    ]);
    const given = { input, label: 'column 2', window: 20, step: 20 };
    const { id, ways } = await asked(text, given);
    assert.equal(id, 'odd-feature');
    const [all, fewer] = ways.map(({ patch }) => patch.data as DataOptions);
    assert.deepEqual(all, { features: ['column 3', 'column 4', 'column 5', 'column 6'] });
    assert.deepEqual(fewer, { features: ['column 4', 'column 5', 'column 6'] });
    const { instances } = await readText(text, { ...given, ...all }, 'rows.txt');
    assert.deepEqual([...new Set(instances.map(({ label }) => label))], ['1', '2', '3']);
  });

  it('of a time, where another column counts, too', async () => {
    const text = `code,offset,x,y,z\n${lines((at) => [at + 1, (at % 30) * 5, value(at), value(at * 3), value(at * 7)]).replaceAll(' ', ',')}`;
    const given = { input: { ...input, features: 4 }, time: 'offset', split: 'time' } as const;
    const { ways } = await asked(text, given);
    assert.ok(ways.every(({ patch }) => patch.data?.time === undefined));
  });

  it('of one recording, whose features are named where they are as many as the model’s', async () => {
    const text = `time,hour,a,b\n${lines((at) => [Math.floor(at / 4), at % 4, value(at), value(at * 3)]).replaceAll(' ', ',')}`;
    const ways = async (features: number) =>
      (await asked(text, { input: { ...input, features } })).ways.map(({ patch }) => patch.data?.features);
    assert.deepEqual(await ways(2), [undefined, ['a', 'b']]);
    assert.deepEqual(await ways(1), [undefined, undefined]);
  });

  it('of windows that are flattened, where the label is asked about next', async () => {
    const pen = Array.from({ length: 80 }, (_, at) => [
      ...Array.from({ length: 16 }, (_row, k) => (at * 31 + k * k * 17) % 101),
      [3, 1, 4, 1, 5, 9, 2, 6][(at * at) % 8],
    ]);
    const text = `${pen.map((row) => row.join()).join('\n')}\n`;
    const two = { input: { ...input, features: 2 } };
    const windows = await asked(text, two);
    for (const { patch } of windows.ways) {
      const { id, ways } = await asked(text, { ...two, ...(patch.data as DataOptions) });
      assert.equal(id, 'label-column');
      for (const { patch: more, gives } of ways) {
        const answered = { ...two, ...(more.data as DataOptions) };
        const { instances, features } = await readText(text, answered);
        assert.deepEqual(
          [instances[0]!.length, features.length, instances[1]!.label],
          [8, 2, String(pen[1]![16])],
        );
        assert.equal(gives, '80 × 8 steps');
      }
    }
  });
});
