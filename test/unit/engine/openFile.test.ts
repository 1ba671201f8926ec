import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sighting } from '../../../src/engine/contract.ts';
import type { OpenRequest } from '../../../src/engine/requests.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { refusal } from '../refusal.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('A file that is opened', () => {
  const engine = createEngine();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-open-'));
    for (const name of ['tiny.onnx', 'long.csv']) cpSync(tiny(name), join(folder, name));
    cpSync(tiny('tiny.onnx'), join(folder, 'other.onnx'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => project(tinyProject));

  const tinyProject = JSON.parse(readFileSync(tiny('attribution.json'), 'utf8'));
  const project = (content: object) =>
    writeFileSync(join(folder, 'attribution.json'), JSON.stringify(content));
  const open = async (
    more: Partial<OpenRequest> = {},
    stopAfter?: string,
    then?: (seen: Sighting) => void,
  ) => {
    const seen: Sighting[] = [];
    const abort = new AbortController();
    const saw = (sighting: Sighting) => {
      seen.push(sighting);
      then?.(sighting);
      if (stopAfter && stopAfter in sighting) abort.abort(new Error(`after ${stopAfter}`));
    };
    const asked = { data: join(folder, 'long.csv'), within: folder, fresh: true, ...more };
    const opened = await engine.open(asked, { saw, signal: abort.signal }).catch((error) => {
      throw Object.assign(error, { seen: names(seen) });
    });
    return { opened, seen };
  };
  /** Makes another text of long.csv that no look at size and time tells: who reads it again refuses it. */
  const spoiling = (...after: string[]) => {
    const path = join(folder, 'long.csv');
    const text = readFileSync(path, 'utf8');
    let isDone = false;
    const write = (content: string) => {
      writeFileSync(path, content);
      utimesSync(path, 1e9, 1e9);
    };
    write(text);
    undo.push(() => write(text));
    const now = () => {
      write('?'.repeat(text.length));
      isDone = true;
    };
    return {
      now,
      done: () => isDone,
      saw: (sighting: Sighting) => after.some((name) => name in sighting) && now(),
    };
  };
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const each of undo.splice(0)) each();
  });
  const names = (seen: readonly Sighting[]) => seen.flatMap((each) => Object.keys(each));
  const explained = async (more: Partial<OpenRequest> = {}) => {
    const { opened } = await open(more);
    return opened.kind === 'explained' ? opened.explanation : assert.fail(opened.kind);
  };

  it('tells what it sees, each once, and gives the map of explain', async () => {
    const { opened, seen } = await open({ instance: 1, target: 0 });
    assert.deepEqual(names(seen), ['project', 'runtime', 'model', 'data']);
    assert.ok(opened.kind === 'explained');
    const path = join(folder, 'attribution.json');
    const asked = { data: join(folder, 'long.csv'), model: join(folder, 'tiny.onnx'), project: path };
    const model = await engine.model(asked);
    const data = await engine.data(asked);
    const told = Object.assign({}, ...seen);
    assert.deepEqual([told.model, told.data], [model, data]);
    assert.deepEqual(
      { ...told.project, hash: 'x' },
      {
        ...{ path, model: asked.model, script: undefined, prepares: true, hash: 'x' },
      },
    );
    assert.deepEqual(opened.explanation, await engine.explain({ ...asked, instance: 1, target: 0 }));
  });

  it('reads attribution.json once, and goes by what it read', async () => {
    for (const set of [undefined, ['data.label=null']]) {
      project(tinyProject);
      const asked = { data: join(folder, 'long.csv'), within: folder, fresh: true, set };
      const saw = (sighting: Sighting) => {
        if ('project' in sighting) writeFileSync(join(folder, 'attribution.json'), '{ "model": "gone.onnx"');
      };
      assert.equal((await engine.open(asked, { saw })).kind, 'explained');
    }
  });

  it('tells nothing twice where nothing has changed', async () => {
    const { seen } = await open({ fresh: false, known: join(folder, 'tiny.onnx') });
    assert.deepEqual(names(seen), ['project']);
    const other = await open({ fresh: false, known: join(folder, 'other.onnx') });
    assert.deepEqual(names(other.seen), ['project', 'model'], 'another model than the one known');
  });

  it('takes the model a person chose, else the one of attribution.json, else the one of before', async () => {
    const of = async (more: Partial<OpenRequest>) => (await explained(more)).provenance.model;
    const [chosen, otherwise] = [join(folder, 'other.onnx'), join(folder, 'other.onnx')];
    assert.equal(await of({ model: chosen }), chosen);
    assert.equal(await of({ otherwise }), join(folder, 'tiny.onnx'));
    project({ ...tinyProject, model: undefined });
    assert.equal(await of({ otherwise }), otherwise);
  });

  it('asks for a model where nothing names one, with the data to judge it by', async () => {
    project({ ...tinyProject, model: undefined });
    const { opened, seen } = await open();
    assert.deepEqual(names(seen), ['project', 'runtime']);
    assert.ok(opened.kind === 'needs-model');
    assert.ok(opened.data.instances.length > 1);
  });

  it('takes a model chosen for a file beside it where it fits, and reads the data once', async () => {
    project({ ...tinyProject, model: undefined });
    const likely = join(folder, 'other.onnx');
    const spoilt = spoiling('model');
    const { opened, seen } = await open({ likely }, undefined, spoilt.saw);
    assert.ok(opened.kind === 'explained' && spoilt.done());
    assert.equal(opened.explanation.provenance.model, likely);
    assert.deepEqual(names(seen), ['project', 'runtime', 'model', 'data']);
  });

  it('asks for a model where the one chosen for a file beside it does not fit or cannot be opened', async () => {
    project({ data: { case: 'case', time: 't', label: 'label', features: ['a'] } });
    for (const likely of [join(folder, 'other.onnx'), join(folder, 'gone.onnx'), join(folder, 'long.csv')]) {
      const { opened, seen } = await open({ likely });
      assert.equal(opened.kind, 'needs-model');
      assert.deepEqual(names(seen), ['project', 'runtime'], 'nothing is told of a model that is not taken');
    }
  });

  it('reads nothing where no model is to be taken and nobody needs the data for that', async () => {
    project({ ...tinyProject, model: undefined });
    const spoilt = spoiling();
    spoilt.now();
    const { opened, seen } = await open({ unread: true });
    assert.deepEqual(opened, { kind: 'unnamed' });
    assert.deepEqual(names(seen), ['project', 'runtime']);
  });

  it('does not read the data again when it was asked for the model in between', async () => {
    project({ ...tinyProject, model: undefined });
    const fresh = createEngine();
    const asked = { data: join(folder, 'long.csv'), within: folder, fresh: true };
    assert.equal((await fresh.open(asked)).kind, 'needs-model');
    const spoilt = spoiling();
    spoilt.now();
    const opened = await fresh.open({ ...asked, model: join(folder, 'tiny.onnx') });
    await fresh.dispose();
    assert.ok(opened.kind === 'explained' && spoilt.done());
  });

  it('reads a file as the model takes it, whether or not it was listed before', async () => {
    project({ ...tinyProject, model: undefined });
    const data = join(folder, 'more.csv');
    const rows = readFileSync(tiny('long.csv'), 'utf8').trim().split('\n');
    writeFileSync(data, rows.map((row, i) => `${row},${i === 0 ? 'extra' : (i * 7) % 10}\n`).join(''));
    const model = join(folder, 'tiny.onnx');
    const said = async (listed: boolean) => {
      const fresh = createEngine();
      if (listed) await fresh.data({ data });
      const outcome = await fresh
        .open({ data, model, fresh: true })
        .catch(({ message }) => message as string);
      await fresh.dispose();
      return typeof outcome === 'string' ? outcome : outcome.kind;
    };
    const alone = await said(false);
    assert.match(alone, /extra/);
    assert.equal(await said(true), alone);
  });

  it('asks for leave before a script, also where the leave is for another', async () => {
    const script = join(folder, 'prepare.mjs');
    writeFileSync(script, 'export function prepare(instances) { return instances; }');
    project({ ...tinyProject, preprocess: { script: 'prepare.mjs' } });
    for (const run of [
      undefined,
      { script: join(folder, 'old.mjs'), interpreter: 'node', timeoutMs: 1000 },
    ]) {
      const { opened, seen } = await open({ run });
      assert.deepEqual(opened, { kind: 'needs-run', script });
      assert.deepEqual(names(seen), ['project']);
    }
  });

  it('reads the data alone where no model is to be loaded', async () => {
    const { opened, seen } = await open({ dataOnly: true });
    assert.deepEqual(opened, { kind: 'data-only' });
    assert.deepEqual(names(seen), ['project', 'data']);
  });

  it('goes to the last instance where there are fewer than before', async () => {
    const { instance } = await explained({ instance: 1e6 });
    assert.equal(instance.index, instance.of - 1);
    await assert.rejects(open({ instance: 1e6, fresh: false }), refusal('no-such-instance', /no instance/));
  });

  it('leaves aside what was picked on another model', async () => {
    const picked = { layer: 'nowhere', target: 'nobody', relu: false };
    const { how } = await explained({ ...picked, madeFor: join(folder, 'other.onnx') });
    assert.deepEqual([how.target, how.relu], ['predicted', false]);
    await assert.rejects(open({ ...picked, madeFor: join(folder, 'tiny.onnx') }), /nowhere|nobody/);
  });

  it('has seen what came before a refusal or a Cancel', async () => {
    await assert.rejects(open({ layer: 'nowhere' }), (error: { seen: string[] }) => {
      assert.deepEqual(error.seen, ['project', 'runtime', 'model', 'data']);
      return true;
    });
    for (const [after, seen] of [
      ['runtime', ['project', 'runtime']],
      ['data', ['project', 'runtime', 'model', 'data']],
    ] as const) {
      await assert.rejects(open({}, after), (error: Error & { seen: string[] }) => {
        assert.equal(error.message, `after ${after}`);
        assert.deepEqual(error.seen, seen);
        return true;
      });
    }
  });

  it('tells one preprocessing from another by its hash', async () => {
    const hash = async () => {
      const told = Object.assign({}, ...(await open({ dataOnly: true })).seen);
      return told.project.hash as string | null;
    };
    const plain = await hash();
    assert.match(plain!, /^[0-9a-f]{64}$/);
    project({ ...tinyProject, preprocess: [{ pad: { to: 24 } }] });
    const other = await hash();
    assert.notEqual(other, plain);
    writeFileSync(join(folder, 'prepare.mjs'), 'one');
    project({ ...tinyProject, preprocess: { script: 'prepare.mjs' } });
    const one = await hash();
    writeFileSync(join(folder, 'prepare.mjs'), 'two');
    assert.notEqual(await hash(), one);
    rmSync(join(folder, 'prepare.mjs'));
    assert.equal(await hash(), null);
  });
});
