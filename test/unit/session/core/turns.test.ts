import assert from 'node:assert/strict';
import { Turns } from '../../../../src/session/core/turns.ts';
import { refusal } from '../../refusal.ts';

describe('Long work that is cancelled', () => {
  const turns = () => new Turns((message) => message);

  it('ends at once where there is nothing to keep', () => {
    const all = turns();
    const turn = all.begin();
    assert.equal(all.cancel(false), 'ended');
    assert.ok(!turn.isOn() && !turn.enough.aborted);
    assert.throws(() => turn.signal.throwIfAborted(), refusal('cancelled', /^Cancelled\.$/));
  });

  it('keeps the best so far, says so in place of every step, and ends when asked again', () => {
    const all = turns();
    const turn = all.begin();
    const said: string[] = [];
    const telling = turn.telling((_, step) => said.push(step));
    telling(0.1, 'Epoch 1');
    assert.equal(all.cancel(true), 'keeps the best');
    telling(0.2, 'Epoch 2');
    assert.deepEqual(said, ['Epoch 1', 'Stopping: the best so far is kept']);
    assert.ok(turn.isOn() && turn.enough.aborted && !turn.signal.aborted);
    assert.equal(all.cancel(true), 'ended');
    assert.ok(!turn.isOn() && turn.signal.aborted);
  });

  it('is nothing where nothing goes on, before it and after its end', () => {
    const all = turns();
    assert.equal(all.cancel(true), 'nothing went on');
    all.begin();
    all.done();
    assert.equal(all.cancel(true), 'nothing went on');
  });

  it('leaves aside what was overtaken, which whoever had enough of it did not end', () => {
    const all = turns();
    const first = all.begin();
    all.cancel(true);
    const second = all.begin();
    assert.ok(!first.isOn() && second.isOn() && !second.enough.aborted);
  });
});
