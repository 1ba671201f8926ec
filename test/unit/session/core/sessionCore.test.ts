import assert from 'node:assert/strict';
import type { DataSummary } from '../../../../src/engine/contract.ts';
import type { ProjectSummary } from '../../../../src/engine/projectSummary.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { settled } from './fakeClock.ts';
import { FakeWorld, NamedFile } from './fakeWorld.ts';

const project: ProjectSummary = { path: '/attribution.json', prepares: true, hash: 'aa' };

describe('The session’s core', () => {
  let world: FakeWorld;
  beforeEach(() => {
    world = new FakeWorld();
  });
  const refusal = () => {
    const { activity } = world.core.state;
    return activity.kind === 'refused' ? activity : assert.fail(activity.kind);
  };

  it('opens a file in one call and tells what is seen as soon as it is there', async () => {
    void world.core.open(new NamedFile('a.csv'), { instance: 3 });
    await settled();
    assert.equal(world.calls.length, 1);
    const { request, options } = world.last;
    assert.deepEqual([request.data, request.instance, request.fresh], ['a.csv', 3, true]);
    options.saw?.({ project });
    assert.equal(world.core.state.project, project);
    options.saw?.({ data: { path: 'a.csv' } as DataSummary });
    assert.equal(world.core.state.data?.path, 'a.csv');
    options.saw?.({ model: { path: 'm.onnx' } as never });
    await world.last.answer();
    const { activity, explanation, selection } = world.core.state;
    assert.equal(activity.kind, 'idle');
    assert.equal(explanation?.instance.index, 3);
    assert.deepEqual([selection.madeFor, selection.instance], ['m.onnx', 3]);
    assert.deepEqual(world.kept.get('a.csv'), selection);
    assert.equal(world.finished.length, 1);
    assert.equal(world.finished[0]!.project, project);
  });

  it('asks for the same file with what is known, and with the picks as they are', async () => {
    await world.opened();
    void world.core.choose({ layer: 'conv', relu: false });
    await settled();
    const { request } = world.last;
    assert.deepEqual([request.fresh, request.known, request.otherwise], [false, 'm.onnx', 'm.onnx']);
    assert.deepEqual([request.layer, request.relu, request.madeFor], ['conv', false, 'm.onnx']);
    assert.equal(world.core.state.selection.layer, undefined, 'it is picked when its map is there');
    await world.last.answer();
    assert.equal(world.core.state.selection.layer, 'conv');
  });

  it('reads anew where the mask or the model is another, and after a change on disk', async () => {
    await world.opened();
    const before = world.core.revision;
    for (const [change, fresh, rises] of [
      [() => world.core.choose({ mask: { kind: 'none' } }), true, 1],
      [() => world.core.choose({ model: 'other.onnx' }), true, 1],
      [() => world.core.choose({ truncate: true }), false, 1],
      [() => world.core.choose({ layer: 'conv' }), false, 0],
      [() => world.core.rerun(), true, 1],
    ] as const) {
      const revision = world.core.revision;
      void change();
      await settled();
      assert.equal(world.last.request.fresh, fresh);
      assert.equal(world.core.revision - revision, rises);
      await world.last.answer();
    }
    assert.equal(world.core.revision - before, 4);
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

  it('has nothing to cancel where nothing runs', async () => {
    await world.opened();
    const { state } = world.core;
    world.core.cancel();
    assert.equal(world.core.state, state);
  });

  it('forgets the picture of one file at another, and what still came of it', async () => {
    await world.opened('a.csv');
    void world.core.choose({ layer: 'conv' });
    await settled();
    const late = world.last;
    void world.core.open(new NamedFile('b.csv'));
    assert.equal(world.core.state.explanation, undefined);
    assert.equal(world.core.state.data, undefined);
    late.options.saw?.({ data: { path: 'a.csv' } as DataSummary });
    await late.answer();
    assert.equal(world.core.state.data, undefined);
    assert.equal(`${world.core.state.file}`, 'b.csv');
    await world.last.answer();
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('opens a file with the picks it had, or with all of a run in place of them', async () => {
    world.kept.set('a.csv', { instance: 2, truncate: false, layer: 'conv', relu: false });
    await world.opened('a.csv');
    assert.equal(world.last.request.layer, 'conv');
    void world.core.open(new NamedFile('a.csv'), {}, { instance: 1, truncate: false });
    await settled();
    const { layer, relu, instance } = world.last.request;
    assert.deepEqual(
      [layer, relu, instance],
      [undefined, undefined, 1],
      'nothing is left of the picks before',
    );
  });

  it('closes: nothing is looked at, and what comes later is not shown', async () => {
    await world.opened();
    void world.core.choose({ layer: 'conv' });
    await settled();
    world.core.close();
    assert.deepEqual(world.core.state, {
      selection: { instance: 0, truncate: false },
      activity: { kind: 'idle' },
    });
    await world.last.answer();
    assert.equal(world.core.state.explanation, undefined);
  });

  it('tells those who look on of every change once, and of nothing else', async () => {
    await world.opened();
    const told = world.states.length;
    world.core.endPreview();
    assert.equal(world.states.length, told);
    for (const [i, state] of world.states.entries()) assert.notEqual(state, world.states[i - 1]);
  });
});

describe('The session’s core: on the way to a map', () => {
  it('loads nothing but the data where the workspace is not trusted', async () => {
    const world = new FakeWorld();
    world.isTrusted = false;
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    const { request, options } = world.last;
    assert.deepEqual([request.dataOnly, request.run], [true, undefined]);
    options.saw?.({ data: { instances: [{}, {}], features: ['x', 'y', 'z'] } as unknown as DataSummary });
    await world.last.give({ kind: 'data-only' });
    const { activity } = world.core.state;
    assert.ok(activity.kind === 'refused');
    assert.match(
      activity.sentence,
      /holds 2 instances of 3 features; models are not loaded before you trust/,
    );
    assert.equal(world.calls.length, 1);
  });

  it('gives leave to a script that is found, and at once the next time', async () => {
    const world = new FakeWorld();
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    assert.deepEqual([world.last.request.run], [undefined]);
    world.last.options.saw?.({ project: { ...project, script: '/prepare.py' } });
    await world.last.give({ kind: 'needs-run', script: '/prepare.py' });
    assert.deepEqual([world.calls.length, world.last.request.run?.script], [2, '/prepare.py']);
    world.last.options.saw?.({ project: { ...project, script: '/prepare.py' } });
    await world.last.answer();
    void world.core.rerun({ again: true });
    await settled();
    assert.equal(world.calls.length, 3);
    assert.deepEqual(world.last.request.run, {
      ...{ script: '/prepare.py', interpreter: 'node', timeoutMs: 1000, again: 1 },
    });
  });

  it('ends a script that runs when it is saved again', async () => {
    const world = new FakeWorld();
    await world.opened();
    void world.core.rerun();
    await settled();
    world.last.options.saw?.({ project: { ...project, script: '/prepare.py' } });
    const first = world.last;
    void world.core.rerun({ quiet: true });
    await settled();
    assert.equal(first.options.signal?.aborted, true);
    await world.last.answer();
    assert.equal(world.core.state.activity.kind, 'idle');
  });

  it('asks for a model once, and takes it for the rest of the way', async () => {
    const world = new FakeWorld();
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    await world.last.give({ kind: 'needs-model', data: { path: 'a.csv' } as DataSummary });
    assert.deepEqual(world.questions, ['a.csv']);
    assert.equal(world.last.request.model, 'chosen.onnx');
    await world.last.answer();
    assert.equal(world.core.state.explanation?.provenance.model, 'chosen.onnx');
    assert.equal(world.core.state.selection.model, undefined, 'nobody picked it for good');
  });

  it('says so where attribution.json changes at each step, and goes round no longer', async () => {
    const world = new FakeWorld();
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    for (const script of ['/one.py', '/two.py']) await world.last.give({ kind: 'needs-run', script });
    const { activity } = world.core.state;
    assert.ok(activity.kind === 'refused');
    assert.match(activity.sentence, /changed while the file was opened/);
    assert.equal(world.calls.length, 2);
  });

  it('refuses a file that cannot be read, before it asks the engine', async () => {
    const read = () => Promise.reject(new Refusal('virtual-file', 'a.csv is too large.'));
    const world = new FakeWorld({ read });
    await world.core.open(new NamedFile('a.csv'));
    assert.equal(world.calls.length, 0);
    assert.equal(world.core.state.activity.kind, 'refused');
  });
});

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
