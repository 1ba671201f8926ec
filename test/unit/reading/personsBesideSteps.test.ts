import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const T = 20;
const N = 12;
const steps = Array.from({ length: T }, (_, step) => step);
const value = (of: number, step: number): number =>
  Number((Math.sin(of * 2.3 + step / 4) + of / 50).toFixed(3));
const model = (count: number | null): DataOptions => ({
  input: { layout: 'NFT', features: 1, steps: count },
});
/** A row for each series, `cell` under `name` before its steps. */
const table = (name: string, cell: (of: number) => unknown): string =>
  [
    [name, ...steps.map((step) => `t${step}`)],
    ...Array.from({ length: N }, (_, of) => [cell(of), ...steps.map((step) => value(of, step))]),
  ]
    .map((cells) => `${cells.join()}\n`)
    .join('');

describe('reading: persons and recordings beside the steps of a row', () => {
  const persons =
    'id ID subject subject_id subjectID patient_id user participant pid person session trial run record window chunk sample_id case_id uid episode'.split(
      ' ',
    );
  const cells: readonly (readonly [string, (of: number) => unknown])[] = [
    ['in blocks', (of) => Math.floor(of / 3) + 1],
    ['in turn', (of) => of % 4],
    ['words', (of) => `w${of % 4}`],
  ];
  for (const [what, cell] of cells) {
    it(`are no classes, which is said: ${what}`, async () => {
      for (const name of persons) {
        const { instances, findings } = await readText(table(name, cell), model(T));
        assert.equal(instances.length, N, name);
        for (const [of, instance] of instances.entries()) {
          assert.deepEqual(rowsOf(instance), [steps.map((step) => value(of, step))]);
          assert.equal(instance.label, undefined, name);
        }
        const said = findings.filter(({ sentence }) => sentence.includes(`column ${name} left aside`));
        assert.equal(said.length, 1, name);
      }
    });
  }

  it('what a name says the number of, or a fall, may be the class; an animal or a device is asked about', async () => {
    for (const name of ['species_id', 'activity_id', 'stage', 'type']) {
      const { instances } = await readText(
        table(name, (of) => of % 3),
        model(T),
      );
      assert.equal(instances[1]!.label, '1', name);
    }
    for (const name of ['fall', 'rat', 'pump']) {
      const asked = await refusalOf(
        readText(
          table(name, (of) => of % 2),
          model(T),
        ),
      );
      assert.ok(asked instanceof ReadingQuestion, name);
      assert.deepEqual(asked.doubt.ways[0]!.patch, { data: { label: name, layout: 'wide' } });
    }
  });
});
