import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { float32 } from '../../src/graph/tensor.ts';
import { compare } from '../../src/runs/comparison.ts';
import { paddingShare } from '../../src/runs/run.ts';
import { RunStore } from '../../src/session/runs/runStore.ts';
import { FolderShelf } from '../../src/session/runs/shelf.ts';
import { revert } from './support/editor.ts';
import { project, put, scratch, tinyFixture } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';

/** The kept runs of a folder, newest first. */
async function kept(folder: string) {
  const { runs } = await lens();
  await runs.idle;
  await runs.refresh();
  return runs.view.rows.filter(({ file }) => file.includes(folder));
}

describe('The run history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
  });

  it('keeps what was explained with its numbers, and the same again only once', async () => {
    const { explanation } = (await lens()).session.state;
    await run('rerun');
    const [only, ...others] = await kept(folder);
    assert.deepEqual(others, []);
    assert.equal(only!.how.layer, explanation!.layer.name);
    assert.equal(only!.model.hash, explanation!.provenance.modelHash);
    const { MIXED, EMPTY } = explanation!.shares;
    assert.equal(paddingShare(only!), MIXED.map + EMPTY.map);
    assert.match(only!.content, /^sha256:[0-9a-f]{64}$/);
    assert.match(only!.preprocess!, /^[0-9a-f]{64}$/);
  });

  it('keeps no previews', async () => {
    const { session, whenIdle } = await lens();
    session.preview({ method: 'hirescam' });
    await whenIdle();
    session.endPreview();
    assert.equal((await kept(folder)).length, 1);
    await run('pickMethod', 'hirescam');
    assert.deepEqual(
      (await kept(folder)).map(({ how }) => how.method),
      ['hirescam', 'gradcam'],
    );
  });

  it('tells other content and other preprocessing apart', async () => {
    const before = (await kept(folder))[0]!;
    const text = readFileSync(join(folder, 'long.csv'), 'utf8');
    put(folder, 'long.csv', text.replace(/\d\.\d+/, '0.123'));
    await run('rerun');
    const edited = (await kept(folder))[0]!;
    assert.notEqual(edited.content, before.content);
    assert.equal(edited.preprocess, before.preprocess);
    const { preprocess } = JSON.parse(readFileSync(join(folder, 'attribution.json'), 'utf8'));
    project(folder, { preprocess: [preprocess[0], { pad: { to: 24, value: 1, side: 'end' } }] });
    await run('rerun');
    const padded = (await kept(folder))[0]!;
    assert.notEqual(padded.preprocess, before.preprocess);
    assert.equal(padded.content, edited.content);
    assert.equal((await kept(folder)).length, 3);
  });

  it('compares the picture with other picks and leaves the selection alone', async () => {
    const { runs, session } = await lens();
    const before = session.state;
    await run('compareWith', { picks: { method: 'hirescam', relu: false } });
    const pair = runs.pair ?? assert.fail('nothing is compared');
    assert.deepEqual([pair.a.facts.how.method, pair.b.facts.how.method], ['gradcam', 'hirescam']);
    // Not the same object: the scratch folder's own late file events may run it again.
    assert.deepEqual(session.state.explanation!.map, before.explanation!.map);
    assert.equal(session.state.explanation!.how.method, 'gradcam');
    assert.deepEqual(session.state.selection, before.selection);
    assert.deepEqual(pair.a.map.values, before.explanation!.map.values);
    const { misfit, difference } = compare(pair.a.map, pair.b.map);
    assert.equal(misfit, null);
    assert.ok(difference!.values.some((value) => value !== 0));
  });

  it('leaves a run where it stands when nobody asked for it again', async () => {
    const { session, watch } = await lens();
    const uri = vscode.Uri.file(join(folder, 'long.csv'));
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    await run('compareWith', { picks: { method: 'hirescam' } });
    const before = (await kept(folder)).map(({ id, at }) => [id, at]);
    assert.equal(before.length, 2);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const isFile = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
    await vscode.window.tabGroups.close(tabs.filter(isFile));
    await watch.idle;
    await session.rerun({ quiet: true });
    assert.deepEqual(
      (await kept(folder)).map(({ id, at }) => [id, at]),
      before,
    );
  });

  it('compares masks, classes and earlier runs', async () => {
    const { runs } = await lens();
    const first = (await kept(folder))[0]!.id;
    await run('compareWith', { mask: 'none' });
    assert.equal(paddingShare(runs.pair!.b.facts), 0);
    const { target } = runs.pair!.a.facts;
    await run('compareWith', { picks: { target: target.index === 0 ? 1 : 0 } });
    assert.notEqual(runs.pair!.b.facts.target.index, target.index);
    await run('nextInstance');
    await run('compareWith', { run: first });
    assert.deepEqual([runs.pair!.a.facts.instance.index, runs.pair!.b.facts.instance.index], [1, 0]);
    await run('compareWith', { run: 'f'.repeat(32) });
    assert.equal(runs.pair!.b.facts.id, first);
  });

  it('compares the same instance under another model, and refuses a copy of the same', async () => {
    const { runs, session } = await lens();
    const graph = readOnnx(readFileSync(tinyFixture('tiny.onnx')));
    const halved = [...graph.constants].map(([name, tensor]) =>
      tensor.dtype === 'float32'
        ? ([
            name,
            float32(
              tensor.dims,
              (tensor.data as Float32Array).map((value) => value / 2),
            ),
          ] as const)
        : ([name, tensor] as const),
    );
    const other = put(folder, 'other.onnx', writeOnnx({ ...graph, constants: new Map(halved) }));
    const { model, selection } = session.state;
    await run('compareWith', { picks: { model: other } });
    const { a, b } = runs.pair!;
    assert.deepEqual([a.facts.model.path, b.facts.model.path], [model!.path, other]);
    assert.equal(a.facts.instance.index, b.facts.instance.index);
    assert.ok(compare(a.map, b.map).difference!.values.some((value) => value !== 0));
    assert.deepEqual([session.state.model!.path, session.state.selection], [model!.path, selection]);
    const copy = put(folder, 'copy.onnx', readFileSync(tinyFixture('tiny.onnx')));
    await run('compareWith', { picks: { model: copy } });
    assert.equal(runs.pair!.b.facts.id, b.facts.id, 'the pair stays');
  });

  it('opens a run again as it was, pins and deletes', async () => {
    const { runs, whenIdle, session } = await lens();
    await run('pickMethod', 'hirescam');
    const [newest] = await kept(folder);
    await run('pickInstance', 3);
    await run('pickMethod', 'gradcam');
    await runs.act({ do: 'open', id: newest!.id });
    await whenIdle();
    const { how, instance } = pictureOf(session.state);
    assert.deepEqual([how.method, instance.index], ['hirescam', 0]);
    await runs.act({ do: 'pin', id: newest!.id });
    assert.equal((await kept(folder)).find(({ id }) => id === newest!.id)?.pinned, true);
    await runs.act({ do: 'asA', id: newest!.id });
    await runs.act({ do: 'delete', id: newest!.id });
    assert.equal(runs.view.a, null);
    assert.ok(!(await kept(folder)).some(({ id }) => id === newest!.id));
  });

  it('keeps one run of text that nobody has saved, however often it changes', async () => {
    const uri = vscode.Uri.file(join(folder, 'long.csv'));
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    for (const left of [12, 11]) {
      await editor.edit((edit) => edit.delete(new vscode.Range(left, 0, left + 1, 0)));
      assert.ok(document.isDirty);
      await run('rerun');
    }
    const contents = (await kept(folder)).map(({ content }) => content);
    assert.equal(contents.length, 2);
    assert.equal(contents[0], 'unsaved');
    await revert(document);
    await run('rerun');
  });

  it('is there again for the next window, map and all', async () => {
    const { runsFolder, session } = await lens();
    const [row] = await kept(folder);
    const next = new RunStore(new FolderShelf(runsFolder ?? assert.fail('no storage')), () => {});
    assert.ok((await next.list()).some(({ id }) => id === row!.id));
    const again = await next.get(row!.id);
    assert.deepEqual(again!.map.values, session.state.explanation!.map.values);
    assert.deepEqual(again!.map.mask, Uint8Array.from(session.state.explanation!.padding.mask));
  });
});
