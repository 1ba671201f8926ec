import assert from 'node:assert/strict';
import { OnceEach } from '../../../src/engine/audit/onceEach.ts';

describe('every series once', () => {
  const series = (...values: number[]) =>
    values.map((value) => ({ x: Float32Array.of(value, 1), mask: Uint8Array.of(1, value % 2) }));

  it('asks what differs and answers everything, in order, across calls', async () => {
    const once = new OnceEach(false);
    const asked: number[][] = [];
    const ask = async (...values: number[]) => {
      const answers = await once.logits(series(...values), async (fresh) => {
        const some = [...fresh];
        asked.push(some.map(({ x }) => x[0]!));
        return some.map(({ x }) => Float32Array.of(-x[0]!));
      });
      return answers.map((logits) => logits[0]);
    };
    assert.deepEqual(await ask(1, 2, 1, 3), [-1, -2, -1, -3]);
    assert.deepEqual(await ask(3, 4, 4), [-3, -4, -4]);
    assert.deepEqual(asked, [[1, 2, 3], [4]]);
  });

  it('keeps nothing of a call that failed', async () => {
    const once = new OnceEach(false);
    const fails = once.logits(series(1), async (fresh) => {
      assert.equal([...fresh].length, 1);
      throw new Error('cancelled');
    });
    await assert.rejects(fails, /cancelled/);
    const answers = await once.logits(series(1), async (fresh) =>
      [...fresh].map(({ x }) => Float32Array.of(x[0]!)),
    );
    assert.deepEqual(answers, [Float32Array.of(1)]);
  });

  it('takes the mask into account where the model is told it', async () => {
    const x = Float32Array.of(1, 0);
    const rows = [Uint8Array.of(1, 0), Uint8Array.of(1, 1), Uint8Array.of(1, 0)].map((mask) => ({ x, mask }));
    for (const [told, asked] of [
      [true, 2],
      [false, 1],
    ] as const) {
      let runs = 0;
      await new OnceEach(told).logits(rows, async (fresh) => [...fresh].map(() => Float32Array.of(runs++)));
      assert.equal(runs, asked);
    }
  });
});
