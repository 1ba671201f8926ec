import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const T = 20;
const N = 6;
const F = 3;
const steps = Array.from({ length: T }, (_, step) => step);
const value = (of: number, feature: number, step: number): number =>
  Number((Math.sin(of * 2.3 + feature + step / 4) + feature).toFixed(3));
const model: DataOptions = { input: { layout: 'NFT', features: F, steps: T } };
/** A row for each feature of each instance. */
const table = (
  before: readonly string[],
  last: string,
  row: (of: number, feature: number) => readonly unknown[],
) =>
  [
    [...before, ...steps.map((step) => `t${step}`), last],
    ...Array.from({ length: N * F }, (_, at) => {
      const [of, feature] = [Math.floor(at / F), at % F];
      const [class_, ...cells] = row(of, feature);
      return [...cells, ...steps.map((step) => value(of, feature, step)), class_];
    }),
  ]
    .map((cells) => `${cells.join()}\n`)
    .join('');

async function assertRead(
  text: string,
  options: DataOptions,
  classOf: (of: number) => unknown,
): Promise<void> {
  const { instances } = await readText(text, options);
  assert.equal(instances.length, N);
  for (const [of, instance] of instances.entries()) {
    const right = Array.from({ length: F }, (_, feature) => steps.map((step) => value(of, feature, step)));
    assert.deepEqual(rowsOf(instance), right);
    assert.equal(instance.label, String(classOf(of)));
  }
}

describe('reading: rows that are features have a label', () => {
  const word = (of: number): string => ['walk', 'run'][of % 2]!;
  const axis = (feature: number): string => 'xyz'[feature]!;

  it('that is the same in all of an instance: words and numbers, with an id and without', async () => {
    const tables: readonly (readonly [string, (of: number) => unknown])[] = [
      [table(['id', 'channel'], 'label', (of, f) => [word(of), of + 1, axis(f)]), word],
      [table(['id', 'axis'], 'label', (of, f) => [of % 2, of + 1, axis(f)]), (of) => of % 2],
      [table(['channel'], 'class', (of, f) => [word(of), axis(f)]), word],
      [table(['ecg_id', 'lead'], 'diagnosis', (of, f) => [word(of), of + 11, axis(f)]), word],
      [table(['id', 'channel'], 'label', (of, f) => [word(of), of + 1, f]), word],
    ];
    for (const [text, classOf] of tables) {
      await assertRead(text, { ...model, layout: 'transposed' }, classOf);
      await assertRead(text, { layout: 'transposed' }, classOf);
    }
    for (const [text, classOf] of tables.slice(0, 4)) await assertRead(text, model, classOf);
  });

  it('one that changes among the rows looked at is none, and is refused where the rows say so later', async () => {
    const changing = table(['id', 'channel'], 'label', (of, f) => [f === 1 ? 'a' : 'b', of + 1, axis(f)]);
    const { instances } = await readText(changing, model);
    assert.equal(instances[0]!.label, undefined);
    const refused = await refusalOf(readText(changing, { ...model, label: 'label' }));
    assert.equal(refused.code, 'label-changes');
  });
});
