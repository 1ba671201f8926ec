import assert from 'node:assert/strict';
import { type Kind, whenFree } from '../../suites/slots.ts';

describe('processes of the suites beside each other', () => {
  it('three at a time, two of a kind, windows first, each once, also after one that fails', async () => {
    const running: Kind[] = [];
    const started: string[] = [];
    const work = (kind: Kind, name: string) =>
      whenFree(kind, async () => {
        running.push(kind);
        started.push(name);
        assert.ok(running.length <= 3, running.join());
        assert.ok(running.filter((one) => one === kind).length <= 2, running.join());
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
        running.splice(running.indexOf(kind), 1);
        if (name === 'c1') throw new Error('broken');
      });
    const computes = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((name) => work('computes', name));
    const windows = ['w1', 'w2', 'w3', 'w4'].map((name) => work('windows', name));
    const ends = await Promise.allSettled([...computes, ...windows]);
    assert.deepEqual(
      ends.map(({ status }) => status === 'rejected'),
      ends.map((_, i) => i === 0),
    );
    assert.deepEqual(started.slice(0, 3), ['c1', 'c2', 'w1']);
    assert.ok(started.indexOf('w4') < started.indexOf('c6'), started.join());
    assert.equal(new Set(started).size, 10);
  });
});
