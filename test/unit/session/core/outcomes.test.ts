import assert from 'node:assert/strict';
import { Refusal } from '../../../../src/refusal.ts';
import { settled } from './fakeClock.ts';
import { FakeWorld, NamedFile } from './fakeWorld.ts';

describe('The session’s core: what becomes of a question', () => {
  let world: FakeWorld;
  beforeEach(() => {
    world = new FakeWorld();
  });

  const refusal = () => {
    const { activity } = world.core.state;
    return activity.kind === 'refused' ? activity : assert.fail(activity.kind);
  };

  it('keeps the picture and the picks when bad input is refused, and says why', async () => {
    await world.opened();
    const { explanation, selection } = world.core.state;
    void world.core.choose({ layer: 'nowhere' });
    await settled();
    await world.last.refuse(new Refusal('no-such-layer', 'There is no layer nowhere.'));
    assert.deepEqual(refusal(), {
      ...{ kind: 'refused', code: 'no-such-layer', quiet: false, place: undefined },
      sentence: 'There is no layer nowhere.',
    });
    assert.equal(world.core.state.explanation, explanation);
    assert.equal(world.core.state.selection, selection);
    assert.deepEqual(world.log, ['no-such-layer: There is no layer nowhere.']);
  });

  it('stays at an instance that cannot be explained', async () => {
    await world.opened();
    void world.core.choose({ instance: 5 });
    await settled();
    await world.last.refuse(new Refusal('too-long', 'Too long.'));
    assert.equal(world.core.state.selection.instance, 5);
  });

  it('says of a mistake of ours that the log has it, and goes on', async () => {
    await world.opened();
    void world.core.choose({ layer: 'conv' });
    await settled();
    await world.last.refuse(new TypeError('x is undefined'));
    assert.match(refusal().sentence, /made a mistake; the log says where/);
    assert.deepEqual(world.log, ['defect: x is undefined']);
    void world.core.choose({ layer: 'conv' });
    await settled();
    await world.last.answer();
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('shows that it is busy after 150 ms, and then how far it is', async () => {
    void world.core.open(new NamedFile('a.csv'));
    await world.clock.pass(149);
    assert.equal(world.core.state.activity.kind, 'idle');
    world.last.options.report?.(0.2, 'Reading');
    assert.equal(world.core.state.activity.kind, 'idle');
    await world.clock.pass(1);
    assert.deepEqual(world.core.state.activity, { kind: 'busy', what: 'Reading', share: 0.2 });
    world.last.options.report?.(0.5, 'Computing maps');
    assert.deepEqual(world.core.state.activity, { kind: 'busy', what: 'Computing maps', share: 0.5 });
    await world.last.answer();
    assert.equal(world.core.state.activity.kind, 'idle');
    await world.clock.pass(1000);
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('is cancelled while it is busy: the last picture stays; without one a sentence', async () => {
    void world.core.open(new NamedFile('a.csv'));
    await world.clock.pass(200);
    world.core.cancel();
    await settled();
    assert.deepEqual([refusal().code, refusal().quiet], ['cancelled', true]);
    await world.opened();
    const { explanation } = world.core.state;
    void world.core.choose({ layer: 'conv' });
    await world.clock.pass(200);
    const { signal } = world.last.options;
    world.core.cancel();
    await settled();
    assert.equal(signal?.aborted, true);
    assert.equal(world.core.state.activity.kind, 'idle');
    assert.equal(world.core.state.explanation, explanation);
  });

  it('is cancelled while a file that changed is read again: the picture is said to be the one of before', async () => {
    await world.opened();
    const { explanation } = world.core.state;
    void world.core.rerun({ quiet: true });
    await world.clock.pass(200);
    void world.core.choose({ instance: 1 });
    await world.clock.pass(200);
    world.core.cancel();
    await settled();
    assert.deepEqual([refusal().code, refusal().quiet], ['cancelled', true]);
    assert.match(refusal().sentence, /as it was before/);
    assert.equal(world.core.state.explanation, explanation);
    void world.core.choose({ layer: 'conv' });
    await world.clock.pass(200);
    world.core.cancel();
    await settled();
    assert.equal(refusal().code, 'cancelled', 'still the one of before');
    void world.core.choose({ layer: 'conv' });
    await settled();
    assert.equal(world.last.request.fresh, true, 'the file is read when it is asked for');
    await world.last.answer();
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('has nothing to cancel where nothing runs', async () => {
    await world.opened();
    const { state } = world.core;
    world.core.cancel();
    assert.equal(world.core.state, state);
  });
});
