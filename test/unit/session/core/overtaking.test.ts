import assert from 'node:assert/strict';
import { settled } from './fakeClock.ts';
import { FakeWorld } from './fakeWorld.ts';

describe('The session’s core: what overtakes what', () => {
  let world: FakeWorld;
  beforeEach(() => {
    world = new FakeWorld();
  });

  it('runs one thing at a time; of what is asked meanwhile only the last is computed', async () => {
    await world.opened();
    const { length } = world.calls;
    for (const instance of [1, 2, 3, 4]) void world.core.choose({ instance });
    await settled();
    assert.deepEqual([world.calls.length - length, world.last.request.instance], [1, 1]);
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 0, 'an overtaken picture is not shown');
    assert.deepEqual([world.calls.length - length, world.last.request.instance], [2, 4]);
    await world.last.answer();
    assert.equal(world.core.state.explanation?.instance.index, 4);
    assert.equal(world.finished.length, 2, 'nor is it kept');
  });

  it('goes on from what was asked for, not from what is still shown', async () => {
    await world.opened();
    void world.core.choose({ layer: 'conv' });
    void world.core.choose({ instance: world.core.asked.instance + 1 });
    void world.core.choose({ instance: world.core.asked.instance + 1 });
    await settled();
    await world.last.answer();
    await settled();
    const { request } = world.last;
    assert.deepEqual([request.layer, request.instance], ['conv', 2]);
  });

  it('does not wait for what takes long when something else is asked', async () => {
    await world.opened();
    void world.core.choose({ method: 'occlusion' });
    await settled();
    const long = world.last;
    await world.core.whenReady();
    void world.core.choose({ method: 'hirescam' });
    await settled();
    assert.equal(long.options.signal?.aborted, true);
    assert.equal(world.last.request.method, 'hirescam');
    await world.last.answer();
    assert.equal(world.core.state.selection.method, 'hirescam');
  });

  it('reads again what an overtaken run did not get to', async () => {
    await world.opened();
    void world.core.choose({ method: 'occlusion' });
    await settled();
    void world.core.rerun({ quiet: true });
    await settled();
    assert.equal(world.last.request.fresh, true);
    void world.core.choose({ method: 'gradcam' });
    await settled();
    assert.equal(world.last.request.fresh, true, 'the files have not been read yet');
  });
});
