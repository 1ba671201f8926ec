import assert from 'node:assert/strict';
import type { DataSummary } from '../../../../src/engine/contract.ts';
import type { ProjectSummary } from '../../../../src/engine/projectSummary.ts';
import { settled } from './fakeClock.ts';
import { FakeWorld, NamedFile } from './fakeWorld.ts';

const project: ProjectSummary = { path: '/attribution.json', prepares: true, hash: 'aa' };

describe('The session’s core', () => {
  let world: FakeWorld;
  beforeEach(() => {
    world = new FakeWorld();
  });

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
