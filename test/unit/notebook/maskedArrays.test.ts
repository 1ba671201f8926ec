import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WRITE_VARIABLE, type WrittenVariable } from '../../../src/notebook/writeVariable.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

const arrays = `
import numpy as np
X_test = np.arange(8 * 3 * 20, dtype=np.float32).reshape(8, 3, 20)
hides = np.arange(60).reshape(2, 3, 10) % 7 == 6
hidden = np.ma.masked_array(np.arange(60).reshape(2, 3, 10), mask=hides, fill_value=0)
hidden_parts = [np.ma.masked_array(np.ones((n, 2)), mask=np.arange(2 * n).reshape(n, 2) == 3) for n in (5, 7)]
hidden_label = np.ma.masked_array([0, 1], mask=[False, True])
in_lists = [[[1.0, np.ma.masked, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0], [9.0, np.ma.masked]]]
list_label = [0, np.ma.masked]
in_object = np.array([0, np.ma.masked], dtype=object)
record = np.ma.masked_array([(0, 1), (1, 0)], dtype=[("a", int), ("b", int)], mask=[(True, False)] * 2)
shown = np.ma.masked_array(X_test, mask=False)
waves = [np.ones((n, 2)) * 1j for n in (5, 7)]
times = [np.arange(n).astype("datetime64[s]")[:, None] for n in (4, 6)]
`;

const python = pythonWith('numpy');
if (python) {
  describe('arrays of a notebook with a mask, or of what is no number', function () {
    this.timeout(120_000);
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'attribution-masked-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const write = (series: string, more: object = {}) =>
      [WRITE_VARIABLE, { series, file: join(folder, series), limit: 1e6, ...more }] as const;

    it('miss what a masked array hides', () => {
      const names = ['hidden', 'hidden_parts', 'shown', 'X_test'];
      const read = `
        import numpy as np
        said = [np.load(f${`"`}{folder}/{name}.npz${`"`})["x"] for name in ("hidden", "hidden_parts")]
        print(np.array_equal(np.isnan(said[0]), hides), np.array_equal(said[0][~hides], hidden.data[~hides]), np.isnan(said[1]).sum())
      `.replace(/^ {8}/gm, '');
      const { answers, printed } = inKernel(
        python,
        arrays,
        names.map((name) => write(name)),
        {
          after: `folder = ${JSON.stringify(folder)}\n${read}`,
        },
      );
      const [hidden, parts, shown, same] = answers as WrittenVariable[];
      assert.deepEqual(hidden!.done, ['8 masked values are missing (NaN)']);
      assert.deepEqual(parts!.done, [
        'padded with zeros at the end to 7 steps',
        '2 masked values are missing (NaN)',
      ]);
      assert.deepEqual([shown!.done, shown!.digest], [[], same!.digest]);
      assert.equal(printed.trim(), 'True True 2');
    });

    it('miss the constants that stand masked in lists', () => {
      const { answers, printed } = inKernel(python, arrays, [write('in_lists')], {
        after: `print(np.load(${JSON.stringify(join(folder, 'in_lists.npz'))})["x"].tolist())`,
      });
      const [written] = answers as WrittenVariable[];
      assert.ok(written!.done.includes('2 masked values are missing (NaN)'), `${written!.done}`);
      assert.match(printed, /1\.0, nan, 3\.0/);
      const refused = inKernel(python, arrays, [
        write('hidden', { labels: 'list_label' }),
        write('hidden', { labels: 'in_object' }),
        write('record'),
        write('hidden', { labels: 'record' }),
      ]).answers as { reason?: string }[];
      for (const name of ['list_label', 'in_object'])
        assert.equal(refused.shift()!.reason, `${name} has masked values`);
      for (const { reason } of refused) assert.match(reason!, /^it holds .*, not numbers$/);
    });

    it('are refused where nothing could be missing, or they are no numbers', () => {
      const { answers } = inKernel(python, arrays, [
        write('waves'),
        write('times'),
        write('hidden', { labels: 'hidden_label' }),
      ]);
      const reasons = (answers as { reason: string }[]).map(({ reason }) => reason);
      assert.match(reasons[0]!, /holds complex128, not numbers/);
      assert.match(reasons[1]!, /holds datetime64\[s\], not numbers/);
      assert.match(reasons[2]!, /hidden_label has masked values/);
    });
  });
}
