import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bounds, RunStore } from '../../../src/session/runs/runStore.ts';
import { FolderShelf, MemoryShelf, type Shelf } from '../../../src/session/runs/shelf.ts';
import { madeHow } from '../attribution/madeHow.ts';
import { run } from './explanations.ts';

describe('The run history', () => {
  let folder: string;
  let said: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runs-'));
    said = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const store = (bounds?: Bounds, shelf: Shelf = new FolderShelf(folder)) =>
    new RunStore(shelf, (line) => said.push(line), bounds);
  const one = (at: number) => run(at, { content: `sha256:${at}` });
  const times = async (kept: RunStore) => (await kept.list()).map(({ at }) => at);

  it('gives back what was kept, also to the next window', async () => {
    const made = one(5);
    await store().put(made);
    const later = store();
    const [row, ...more] = await later.list();
    const { thumbnail, ...listed } = row!;
    assert.deepEqual([listed, more], [{ ...made.facts, pinned: false }, []]);
    const { map } = made;
    const strongest = map.values.map(Math.abs).reduce((a, b) => Math.max(a, b), 0);
    assert.equal(thumbnail?.columns, Math.min(32, map.columns));
    assert.equal(thumbnail && Math.max(...thumbnail.values), strongest > 0 ? 255 : 0);
    assert.deepEqual(await later.get(made.facts.id), made);
  });

  it('keeps names, which the next window reads, and drops no run that has one', async () => {
    const kept = store({ runs: 2, bytes: 2 ** 20 });
    for (const at of [1, 2]) await kept.put(one(at));
    await kept.name(one(1).facts.id, '  before the mask ');
    await kept.name(one(2).facts.id, 'x'.repeat(300));
    await kept.name(one(2).facts.id, ' ');
    await kept.name('../outside', 'no');
    await kept.put(one(3));
    assert.deepEqual(
      (await store().list()).map(({ at, name }) => [at, name]),
      [
        [3, undefined],
        [1, 'before the mask'],
      ],
    );
    await kept.delete(one(1).facts.id);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.name')),
      [],
    );
  });

  it('tells runs apart by class, contrast and the options of the method', async () => {
    const target = { index: 0, name: 'walk' };
    const other = { index: 1, name: 'run' };
    const options = { samples: 50 };
    const all = [
      run(1),
      run(2, {}, { target: { ...target, against: other } }),
      run(3, {}, { target: { ...target, negative: true } }),
      run(4, {}, { how: madeHow({ method: 'smoothgrad', options }) }),
      run(5, {}, { how: madeHow({ method: 'smoothgrad', options: { samples: 51 } }) }),
    ];
    const kept = store();
    for (const one of all) await kept.put(one);
    assert.equal((await kept.list()).length, 5);
    assert.deepEqual(await store().get(all[1]!.facts.id), all[1]);
    assert.deepEqual((await store().get(all[4]!.facts.id))?.facts.how.options, { samples: 51 });
  });

  it('takes a run of the same content, model and settings for the same', async () => {
    const kept = store();
    await kept.put(run(1));
    await kept.put(run(2));
    assert.deepEqual(await times(kept), [2]);
    await kept.put(run(3, { content: 'sha256:01' }));
    await kept.put(run(4, { preprocess: 'other' }));
    await kept.put(run(5, {}, { how: madeHow({ relu: false }) }));
    const padding = { mask: Uint8Array.of(1, 1, 1, 0), length: 3, origin: 'length:3' };
    await kept.put(run(6, {}, { padding }));
    assert.deepEqual(await times(kept), [6, 5, 4, 3, 2]);
  });

  it('keeps the last of text that nobody has saved', async () => {
    const kept = store();
    const padding = { mask: Uint8Array.of(1, 0, 0, 0), length: 1, origin: 'shorter' };
    await kept.put(run(1, { content: 'unsaved' }));
    await kept.put(run(2, { content: 'unsaved' }, { padding }));
    assert.deepEqual(await times(kept), [2]);
  });

  for (const [where, shelf] of [
    ['a folder', () => new FolderShelf(folder)],
    ['memory', () => new MemoryShelf()],
  ] as const) {
    it(`drops the oldest that is not pinned, in ${where}`, async () => {
      const kept = store({ runs: 3, bytes: 1e9 }, shelf());
      await kept.put(one(1));
      await kept.pin(one(1).facts.id, true);
      for (const at of [2, 3, 4, 5]) await kept.put(one(at));
      assert.deepEqual(await times(kept), [5, 4, 1]);
      await kept.pin(one(1).facts.id, false);
      await kept.put(one(6));
      assert.deepEqual(await times(kept), [6, 5, 4]);
    });
  }

  it('holds the bound in bytes, and keeps the newest whatever its size', async () => {
    await store().put(one(1));
    const [file] = await readdir(folder);
    const { length } = await readFile(join(folder, file!));
    const kept = store({ runs: 100, bytes: 2.5 * length });
    for (const at of [2, 3, 4]) await kept.put(one(at));
    assert.deepEqual(await times(kept), [4, 3]);
    const tight = store({ runs: 100, bytes: 1 });
    await tight.put(one(5));
    assert.deepEqual(await times(tight), [5]);
  });

  it('passes over what is broken, with a line in the log each, once', async () => {
    const kept = store();
    await kept.put(one(1));
    const [name] = await readdir(folder);
    const whole = await readFile(join(folder, name!));
    const text = whole.toString('latin1');
    const broken: [string, string | Uint8Array][] = [
      ['no line', 'x'],
      ['no JSON', '{"version":2,\n'],
      ['cut', whole.subarray(0, whole.length - 3)],
      ['other version', text.replace('"version":2', '"version":9')],
      ['no numbers', text.replace('"at":1', '"at":"x"')],
      ['a giant', text.replace('"rows":2', '"rows":2e9')],
      ['another id', whole],
      ['no window', text.replace('"relu":true', '"options":{"window":null},"relu":true')],
      ['no options', text.replace('"relu":true', '"options":7,"relu":true')],
      ['no class', text.replace('"name":"walk"', '"name":"walk","against":{}')],
    ];
    for (const [i, [, content]] of broken.entries()) {
      await writeFile(
        join(folder, `${String(i).repeat(32)}.run`),
        content,
        typeof content === 'string' ? 'latin1' : undefined,
      );
    }
    await writeFile(join(folder, 'notes.txt'), 'not ours');
    assert.deepEqual(await times(kept), [1]);
    await kept.list();
    assert.equal(said.length, broken.length, said.join('\n'));
    assert.equal(await kept.get('../../etc/passwd'), undefined);
    await kept.delete('../notes');
    assert.ok((await readdir(folder)).includes('notes.txt'));
  });

  it('is shared by two windows without loss', async () => {
    const [left, right] = [store(), store()];
    await Promise.all([1, 2, 3, 4, 5, 6].map((at) => (at % 2 ? left : right).put(one(at))));
    // The same run from both at once: one file, whole.
    await Promise.all([left.put(run(7)), right.put(run(8))]);
    assert.equal((await left.list()).length, 7);
    assert.deepEqual(await left.list(), await right.list());
    await left.pin(one(3).facts.id, true);
    assert.equal((await right.list()).find(({ at }) => at === 3)?.pinned, true);
    // A newer copy of a pinned run stays pinned, whoever writes it.
    await right.put(run(9, { content: 'sha256:3' }));
    assert.equal((await left.list()).find(({ at }) => at === 9)?.pinned, true);
    await right.delete(one(5).facts.id);
    assert.equal((await left.list()).length, 6);
    assert.equal(await left.get(one(5).facts.id), undefined);
  });

  it('clears away what a writer left unfinished, but not at once', async () => {
    const [old, fresh] = ['a.run.1.unfinished', 'b.run.2.unfinished'];
    await writeFile(join(folder, old), 'x');
    await writeFile(join(folder, fresh), 'x');
    await utimes(join(folder, old), 1, 1);
    assert.deepEqual(await store().list(), []);
    assert.deepEqual(await readdir(folder), [fresh]);
  });

  it('goes on after a failure to write', async () => {
    const shelf = new MemoryShelf();
    const kept = store(undefined, shelf);
    const write = shelf.write.bind(shelf);
    shelf.write = () => Promise.reject(new Error('disk full'));
    await assert.rejects(kept.put(one(1)), /disk full/);
    shelf.write = write;
    await kept.put(one(2));
    assert.deepEqual(await times(kept), [2]);
  });
});
