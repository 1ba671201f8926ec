import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Debounce } from '../../../../src/session/core/debounce.ts';
import { LastWins } from '../../../../src/session/core/lastWins.ts';

describe('LastWins', () => {
  it('runs one job at a time, drops the overtaken ones, and always runs the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        async (pauses) => {
          const queue = new LastWins();
          const ran: number[] = [];
          let running = 0;
          const asked = [];
          for (const [index, pause] of pauses.entries()) {
            asked.push(
              queue.run(async () => {
                assert.equal(++running, 1);
                await sleep(1);
                ran.push(index);
                running--;
              }),
            );
            if (pause) await sleep(pause);
          }
          const done = await Promise.all(asked);
          assert.equal(ran.at(-1), pauses.length - 1);
          assert.deepEqual(
            ran,
            pauses.flatMap((_, index) => (done[index] ? [index] : [])),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes on after a job that throws', async () => {
    const queue = new LastWins();
    const broken = queue.run(async () => {
      throw new Error('broken');
    });
    await assert.rejects(broken, /broken/);
    let ran = false;
    await queue.run(async () => {
      ran = true;
    });
    assert.ok(ran);
  });

  it('is idle only when nothing runs and nothing waits', async () => {
    const queue = new LastWins();
    const ran: string[] = [];
    void queue.run(async () => {
      await sleep(5);
      ran.push('first');
    });
    await sleep(1);
    void queue.run(async () => {
      await sleep(5);
      ran.push('second');
    });
    await queue.idle;
    assert.deepEqual(ran, ['first', 'second']);
  });
});

describe('Debounce', () => {
  it('calls once, after the last trigger, and is idle then', async () => {
    let calls = 0;
    const debounce = new Debounce(10, () => calls++);
    debounce.trigger();
    await sleep(5);
    debounce.trigger();
    assert.equal(calls, 0);
    await debounce.idle;
    assert.equal(calls, 1);
  });

  it('calls nothing once disposed, and lets those who wait go', async () => {
    let calls = 0;
    const debounce = new Debounce(5, () => calls++);
    debounce.trigger();
    const idle = debounce.idle;
    debounce.dispose();
    await idle;
    await sleep(10);
    assert.equal(calls, 0);
  });
});
