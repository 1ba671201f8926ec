import assert from 'node:assert/strict';
import type { DataSummary } from '../../../../src/engine/contract.ts';
import type { ProjectSummary } from '../../../../src/engine/projectSummary.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { settled } from './fakeClock.ts';
import { FakeWorld, NamedFile } from './fakeWorld.ts';

const project: ProjectSummary = { path: '/attribution.json', prepares: true, hash: 'aa' };

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
    assert.equal(world.last.request.unread, true);
    await world.last.give({ kind: 'unnamed' });
    assert.deepEqual([world.last.request.unread, world.last.request.likely], [false, undefined]);
    await world.last.give({ kind: 'needs-model', data: { path: 'a.csv' } as DataSummary });
    assert.deepEqual(world.questions, ['a.csv']);
    assert.equal(world.last.request.model, 'chosen.onnx');
    await world.last.answer();
    assert.equal(world.core.state.explanation?.provenance.model, 'chosen.onnx');
    assert.equal(world.core.state.selection.model, undefined, 'nobody picked it for good');
  });

  it('asks nobody where there is one model, which the engine holds against the file', async () => {
    const world = new FakeWorld();
    world.models = ['only.onnx'];
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    await world.last.give({ kind: 'unnamed' });
    assert.deepEqual([world.last.request.likely, world.last.request.model], ['only.onnx', undefined]);
    await world.last.answer();
    assert.deepEqual([world.calls.length, world.questions], [2, []]);
  });

  it('tells the engine in the first call what was chosen for another file of the folder', async () => {
    const world = new FakeWorld();
    world.likely.set('a.csv', 'beside.onnx');
    void world.core.open(new NamedFile('a.csv'));
    await settled();
    assert.deepEqual([world.last.request.likely, world.last.request.model], ['beside.onnx', undefined]);
    await world.last.answer();
    assert.deepEqual([world.calls.length, world.questions], [1, []]);
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
