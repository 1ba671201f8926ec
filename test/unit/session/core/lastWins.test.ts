import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Debounce } from '../../../../src/session/core/debounce.ts';
import { LastWins } from '../../../../src/session/core/lastWins.ts';
import { FakeClock } from './fakeClock.ts';

const lasting = (clock: FakeClock, ms: number) => new Promise<void>((done) => clock.after(ms, done));

describe('LastWins', () => {
  it('runs one job at a time, drops the overtaken ones, and always runs the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        async (pauses) => {
          const clock = new FakeClock();
          const queue = new LastWins();
          const ran: number[] = [];
          let running = 0;
          const asked = [];
          for (const [index, pause] of pauses.entries()) {
            asked.push(
              queue.run(async () => {
                assert.equal(++running, 1);
                await lasting(clock, 2);
                ran.push(index);
                running--;
              }),
            );
            await clock.pass(pause);
          }
          await clock.pass(2 * pauses.length);
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
    const clock = new FakeClock();
    const queue = new LastWins();
    const ran: string[] = [];
    void queue.run(async () => {
      await lasting(clock, 5);
      ran.push('first');
    });
    await clock.pass(1);
    void queue.run(async () => {
      await lasting(clock, 5);
      ran.push('second');
    });
    let isIdle = false;
    void queue.idle.then(() => {
      isIdle = true;
    });
    await clock.pass(5);
    assert.deepEqual([ran, isIdle], [['first'], false]);
    await clock.pass(4);
    assert.ok(isIdle);
    assert.deepEqual(ran, ['first', 'second']);
  });
});

describe('Debounce', () => {
  it('calls once, after the last trigger, and is idle then', async () => {
    let calls = 0;
    const clock = new FakeClock();
    const debounce = new Debounce(10, () => calls++, clock);
    debounce.trigger();
    await clock.pass(5);
    debounce.trigger();
    await clock.pass(9);
    assert.equal(calls, 0);
    await clock.pass(1);
    await debounce.idle;
    assert.equal(calls, 1);
  });

  it('does not wait without end for triggers to end, where it is told how long', async () => {
    const calls: number[] = [];
    const clock = new FakeClock();
    let ms = 0;
    const debounce = new Debounce(10, () => calls.push(ms), clock, 25);
    for (; ms < 60; ms += 5) {
      debounce.trigger();
      await clock.pass(5);
    }
    assert.deepEqual(calls, [20, 45]);
    await clock.pass(10);
    assert.equal(calls.length, 3, 'and once after the last');
    await clock.pass(100);
    assert.equal(calls.length, 3);
  });

  it('calls nothing once disposed, and lets those who wait go', async () => {
    let calls = 0;
    const clock = new FakeClock();
    const debounce = new Debounce(5, () => calls++, clock);
    debounce.trigger();
    const idle = debounce.idle;
    debounce.dispose();
    await idle;
    await clock.pass(10);
    assert.equal(calls, 0);
  });
});
