import assert from 'node:assert/strict';
import { WarningsOfMany } from '../../../src/cli/warningsOfMany.ts';
import type { Finding } from '../../../src/finding.ts';

const warning = (code: string, sentence: string): Finding => ({ code, sentence, severity: 'warning' });

describe('warnings of many explanations', () => {
  it('are said as they are where they hold for all, else each kind once', () => {
    const all = new WarningsOfMany();
    const everywhere = [warning('raw', 'Raw.'), warning('raw', 'Raw, too.')];
    for (const steps of [3, 4, 4, 5, 6, 7])
      all.add({
        findings: [
          ...everywhere,
          warning('cut', `Cut at ${steps}.`),
          { code: 'x', sentence: 'No warning.', severity: 'info' },
          ...(steps === 5 ? [warning('flat', 'Flat.')] : []),
          ...(steps > 4 ? [warning('learnt', `Learnt from ${steps === 5 ? 'A' : 'B'}.`)] : []),
        ],
      });
    assert.deepEqual(all.sentences, [
      'Raw.',
      'Raw, too.',
      'Cut at 3. So it is with 6 of 6 series.',
      'Flat. So it is with 1 of 6 series.',
      'Learnt from A. So it is with 1 of 6 series.',
      'Learnt from B. So it is with 2 of 6 series.',
    ]);
  });

  it('are all said of one', () => {
    const one = new WarningsOfMany();
    one.add({ findings: [warning('cut', 'Cut.'), warning('cut', 'Cut, too.')] });
    assert.deepEqual(one.sentences, ['Cut.', 'Cut, too.']);
  });
});
