import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Refusal } from '../../../src/refusal.ts';
import { readText } from '../data/reading.ts';
import { write, written } from './csvTruth.ts';

const tally = { right: 0, asked: 0, refused: 0 };

describe('reading: data sets written in every way', () => {
  it('are read right or asked about, never wrong', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(written, async (how) => {
        const { text, options, values, labels } = write(how);
        const dataset = await readText(text, options).catch((error: unknown) => {
          assert.ok(error instanceof Refusal, String(error));
          tally[error.code.startsWith('ask-') ? 'asked' : 'refused']++;
          return undefined;
        });
        if (!dataset) return;
        tally.right++;
        const found = dataset.instances.map(({ values: all, length }) =>
          Array.from({ length: all.length / length }, (_, feature) =>
            [...all.subarray(feature * length, (feature + 1) * length)].map((value) => value.toFixed(5)),
          ),
        );
        assert.deepEqual(
          found,
          values.map((one) => one.map((row) => row.map((value) => value.toFixed(5)))),
        );
        // One number throughout, without a name, is left aside, and that is said.
        const leftAside =
          !how.header &&
          how.layout === 'single' &&
          dataset.findings.some(({ code }) => code === 'columns-ignored');
        const said = dataset.instances.map(({ label }) => label);
        if (labels && !(leftAside && said[0] === undefined)) assert.deepEqual(said, labels);
      }),
      { numRuns: 2000 },
    );
    if (process.env.READING_SCORE) console.log(tally);
    assert.ok(tally.right > 1000, `${tally.right} of 2000 were read`);
  });
});
