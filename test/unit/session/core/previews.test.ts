import assert from 'node:assert/strict';
import { Refusal } from '../../../../src/refusal.ts';
import { settled } from './fakeClock.ts';
import { FakeWorld, NamedFile } from './fakeWorld.ts';

describe('The session’s core: previews', () => {
  it('show what the last pick would give after 60 ms, and go back without computing', async () => {
    const world = new FakeWorld();
    await world.opened();
    const { explanation } = world.core.state;
    const { length } = world.calls;
    for (const instance of [1, 2, 3]) {
      world.core.preview({ instance });
      await world.clock.pass(59);
    }
    assert.equal(world.calls.length, length);
    await world.clock.pass(1);
    assert.deepEqual([world.calls.length - length, world.last.request.instance], [1, 3]);
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 3);
    assert.equal(world.core.state.selection.instance, 0, 'it is not picked');
    assert.equal(world.finished.length, 1, 'and not kept');
    world.core.endPreview();
    assert.equal(world.core.state.explanation, explanation);
    assert.equal(world.calls.length - length, 1);
  });

  it('leave what they overtook to be done after them', async () => {
    const world = new FakeWorld();
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    const overtaken = world.last;
    world.core.preview({ instance: 7 });
    await world.clock.pass(60);
    await overtaken.answer();
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 7);
    world.core.endPreview();
    assert.equal(world.core.state.explanation === undefined, true);
    await settled();
    assert.deepEqual([world.last.request.instance, world.last.request.fresh], [0, true]);
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 0);
    assert.equal(world.finished.length, 1);
  });

  it('are none of what takes long', async () => {
    const world = new FakeWorld();
    await world.opened();
    world.core.preview({ method: 'occlusion' });
    await world.clock.pass(1000);
    assert.equal(world.calls.length, 1);
  });

  it('that are refused leave a quiet sentence, which goes with them', async () => {
    const world = new FakeWorld();
    await world.opened();
    world.core.preview({ layer: 'late' });
    await world.clock.pass(60);
    await world.last.refuse(new Refusal('no-gradient', 'No gradient.'));
    const { activity } = world.core.state;
    assert.deepEqual([activity.kind, activity.kind === 'refused' && activity.quiet], ['refused', true]);
    world.core.endPreview();
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('that come late are not shown over what was picked', async () => {
    const world = new FakeWorld();
    await world.opened();
    world.core.preview({ instance: 7 });
    await world.clock.pass(60);
    const late = world.last;
    void world.core.choose({ instance: 1 });
    await late.answer();
    assert.equal(world.core.state.explanation?.instance.index, 0);
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 1);
  });

  it('are waited for: idle is when nothing runs and nothing is about to', async () => {
    const world = new FakeWorld();
    await world.opened();
    world.core.preview({ instance: 1 });
    let isIdle = false;
    void world.core.whenIdle().then(() => {
      isIdle = true;
    });
    await settled();
    assert.equal(isIdle, false);
    await world.clock.pass(60);
    assert.equal(isIdle, false);
    await world.last.answer();
    assert.equal(isIdle, true);
  });

  it('beside the selection: what other picks give, with the selection left alone', async () => {
    const world = new FakeWorld();
    await assert.rejects(world.core.beside({}), { code: 'nothing-open' });
    await world.opened();
    const { state } = world.core;
    const beside = world.core.beside({ layer: 'conv' }, { everyClass: true });
    await settled();
    assert.deepEqual([world.last.request.layer, world.last.request.everyClass], ['conv', true]);
    await world.last.answer();
    assert.equal((await beside).selection.layer, 'conv');
    assert.equal(world.core.state, state);
  });
});
