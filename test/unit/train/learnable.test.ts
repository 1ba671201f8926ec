import assert from 'node:assert/strict';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { engineIn } from '../engine/engineIn.ts';
import { refusal } from '../refusal.ts';

describe('What a training on a file would learn', () => {
  const { engine, put } = engineIn('learnable');
  const of = (name: string, csv: string) => engine.learnable({ data: put(name, csv) });

  it('is known from its labels, and so is a refusal', async () => {
    const csv = noiseCsv({ labelled: true });
    assert.deepEqual(await of('labelled.csv', csv), { classes: ['left', 'right'] });
    await assert.rejects(
      of('bare.csv', noiseCsv()),
      refusal('no-labels', /^bare\.csv has no labels to learn; name the column/),
    );
    await assert.rejects(
      of('one.csv', csv.replaceAll(',left,', ',right,')),
      refusal('one-class', /only one class/),
    );
    await assert.rejects(of('hole.csv', csv.replaceAll(/^(i3,\d+),left,/gm, '$1,,')), (reason: Error) => {
      assert.match(reason.message, /^hole\.csv: instance "i3" \(line \d+\) has no label; training needs one/);
      return true;
    });
  });
});
