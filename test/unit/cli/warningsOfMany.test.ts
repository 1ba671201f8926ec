import assert from 'node:assert/strict';
import { WarningsOfMany } from '../../../src/cli/warningsOfMany.ts';
import type { Finding } from '../../../src/finding.ts';

const warning = (code: string, sentence: string): Finding => ({ code, sentence, severity: 'warning' });

describe('warnings of many explanations', () => {
  it('are said as they are where they hold for all, else each kind once', () => {
    const all = new WarningsOfMany();
    const everywhere = [warning('raw', 'Raw.'), warning('raw', 'Raw, too.')];
    for (const steps of [3, 4, 4, 5])
      all.add({
        findings: [
          ...everywhere,
          warning('cut', `Cut at ${steps}.`),
          { code: 'x', sentence: 'No warning.', severity: 'info' },
          ...(steps === 5 ? [warning('flat', 'Flat.')] : []),
        ],
      });
    assert.deepEqual(all.sentences, [
      'Raw.',
      'Raw, too.',
      'Cut at 3. So it is with 4 of 4 series.',
      'Flat. So it is with 1 of 4 series.',
    ]);
  });

  it('are all said of one', () => {
    const one = new WarningsOfMany();
    one.add({ findings: [warning('cut', 'Cut.'), warning('cut', 'Cut, too.')] });
    assert.deepEqual(one.sentences, ['Cut.', 'Cut, too.']);
  });
});
