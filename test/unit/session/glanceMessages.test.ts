import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readGlance } from '../../../src/views/glance/readGlance.ts';

const good = [
  { kind: 'ready', at: { instance: 0, from: 0 } },
  { kind: 'turn', at: { instance: 3, from: 24 } },
  { kind: 'run', command: 'explain' },
];

describe('Messages of an editor’s page', () => {
  it('are read as the contract has them', () => {
    for (const message of good) assert.deepEqual(readGlance(message), message);
  });

  it('of any other form are none', () => {
    const others = [
      { kind: 'run', command: 'workbench.action.terminal.new' },
      { kind: 'run', command: 'toString' },
      { kind: 'turn', at: { instance: -1, from: 0 } },
      { kind: 'turn', at: { instance: 1.5, from: 0 } },
      { kind: 'turn', at: { instance: 0 } },
      { kind: 'turn', at: { instance: 0, from: 0, more: 1 } },
      { kind: 'ready' },
    ];
    for (const other of others) assert.equal(readGlance(other), undefined, JSON.stringify(other));
    fc.assert(
      fc.property(fc.anything(), (said) => {
        assert.equal(readGlance(said), undefined);
      }),
      { numRuns: 200 },
    );
  });
});
