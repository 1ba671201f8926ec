import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { SessionState } from '../../src/session/state.ts';
import { revert } from './support/editor.ts';
import { project, put, sample, scratch } from './support/files.ts';
import { explain, holds, lens, pictureOf, refusalOf, run, until } from './support/lens.ts';

const isIdle = ({ activity }: { activity: { kind: string } }) => activity.kind === 'idle';

describe('A file that changes', () => {
  it('is looked at again when it is saved by another program', async () => {
    const file = join(scratch(), 'single.csv');
    assert.equal(pictureOf(await explain(file)).padding.length, 22);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${lines.slice(0, 11).join('\n')}\n`);
    await until((state) => isIdle(state) && state.explanation?.padding.length === 10, 'ten steps');
  });

  it('shows unsaved edits, and the saved file again when they are undone', async () => {
    const file = join(scratch(), 'single.csv');
    await explain(file);
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await editor.edit((edit) => edit.delete(new vscode.Range(11, 0, document.lineCount, 0)));
    assert.ok(document.isDirty);
    await until((state) => isIdle(state) && state.explanation?.padding.length === 10, 'the edited text');
    await revert(document);
    await until((state) => isIdle(state) && state.explanation?.padding.length === 22, 'the saved file');
  });

  it('is followed while it grows without a pause, and stays cancelled until it is asked for', async () => {
    const file = join(scratch(), 'single.csv');
    const [names, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${names}\n`);
    let written = 0;
    const grow = () => {
      const row = rows[written % rows.length]!;
      appendFileSync(file, `${written++}${row.slice(row.indexOf(','))}\n`);
    };
    // Long enough for a slow machine to read the file while it grows.
    const most = 60;
    const steps = ({ explanation }: SessionState) => explanation?.padding.length;
    for (let row = 0; row < 4; row++) grow();
    assert.equal(pictureOf(await explain(file)).padding.length, 4);
    const recorder = setInterval(() => written < most && grow(), 150);
    try {
      const followed = await until((state) => isIdle(state) && steps(state)! > 4, 'rows that came since');
      assert.ok(steps(followed)! < most, `it was waited for the end: ${steps(followed)}`);
    } finally {
      clearInterval(recorder);
    }
    const { session, watch, engine } = await lens();
    const shown = await until((state) => isIdle(state) && steps(state) === written, 'all rows');
    process.kill(engine.client.pid!, 'SIGSTOP');
    grow();
    await until(({ activity }) => activity.kind === 'busy', 'the file is read again');
    await vscode.commands.executeCommand('attribution.cancel');
    const seen = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(dirname(file)), 'single.csv'),
    );
    const again = new Promise((resolve) => seen.onDidChange(resolve));
    grow();
    await again;
    await setTimeout(50);
    await watch.idle;
    await session.whenIdle();
    seen.dispose();
    assert.match(refusalOf(session.state).sentence, /as it was before\. Run again/);
    assert.equal(session.state.explanation, shown.explanation);
    assert.equal(steps(await run('rerun')), written);
    grow();
    await until((state) => isIdle(state) && steps(state) === written, 'it is followed again');
  });

  it('says what is wrong while it is being edited, and goes on when it is right again', async () => {
    const file = join(scratch(), 'single.csv');
    const before = pictureOf(await explain(file));
    const good = readFileSync(file, 'utf8');
    appendFileSync(file, '22,1,2\n');
    const state = await until(({ activity }) => activity.kind === 'refused', 'the ragged row');
    assert.match(state.activity.kind === 'refused' ? state.activity.sentence : '', /24/);
    assert.equal(state.explanation, before, 'the last picture stays');
    writeFileSync(file, good);
    await until(isIdle, 'a picture of the mended file');
  });

  it('may vanish: that is said, the picture stays, and the tool goes on when it is back', async () => {
    const file = join(scratch(), 'single.csv');
    const before = pictureOf(await explain(file));
    renameSync(file, `${file}.away`);
    const gone = await until(({ activity }) => activity.kind === 'refused', 'the file is gone');
    assert.match(gone.activity.kind === 'refused' ? gone.activity.sentence : '', /single\.csv is gone/);
    assert.equal(gone.explanation, before);
    renameSync(`${file}.away`, file);
    await until(isIdle, 'a picture of the file that is back');
  });

  it('is looked at again when attribution.json changes or appears', async () => {
    const folder = scratch();
    await explain(join(folder, 'single.csv'));
    project(folder, { classes: ['up', 'down'] });
    await until((state) => state.explanation?.prediction.classes[0] === 'up', 'the new class names');
  });

  it('is refused while its model is gone', async () => {
    const folder = scratch();
    await explain(join(folder, 'single.csv'));
    rmSync(join(folder, 'tiny.onnx'));
    const state = await until(({ activity }) => activity.kind === 'refused', 'the model is gone');
    assert.match(state.activity.kind === 'refused' ? state.activity.sentence : '', /tiny\.onnx/);
  });
});

describe('A text too large to be passed on with its edits', () => {
  it('is refused in one sentence, and goes on once they are undone', async () => {
    const file = join(scratch(), 'single.csv');
    const before = pictureOf(await explain(file));
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const end = document.lineAt(document.lineCount - 1).range.end;
    // No blanks: an expression of VS Code 1.100 that looks for colours takes minutes of a core for a line of them.
    await editor.edit((edit) => edit.insert(end, '0'.repeat(8 * 2 ** 20)));
    const state = await until(({ activity }) => activity.kind === 'refused', 'edits of more than 8 MB');
    assert.match(
      state.activity.kind === 'refused' ? state.activity.sentence : '',
      /^single\.csv has edits that are not saved, and is too large to be passed on with them; save it\.$/,
    );
    assert.equal(state.explanation, before);
    await revert(document);
    await until(isIdle, 'the saved file');
  });
});

describe('A file that is not on disk', () => {
  it('is read from its own file system', async () => {
    const { session, whenIdle } = await lens();
    const folder = scratch();
    const text = readFileSync(join(folder, 'single.csv'));
    const files = new Map<string, Uint8Array>([['/single.csv', text]]);
    const read = new Set<string>();
    const provider = vscode.workspace.registerFileSystemProvider('lens-test', memory(files, read), {
      isReadonly: true,
    });
    try {
      await run('explainFile', vscode.Uri.parse('lens-test:/single.csv'));
      await run('chooseModel', join(folder, 'tiny.onnx'));
      await whenIdle();
      assert.equal(pictureOf(session.state).instance.lines[0], 2);
      // One that its system says is larger than 32 MB is not even read.
      files.set('/large.csv', new Uint8Array(32 * 2 ** 20 + 1));
      const { sentence } = refusalOf(await run('explainFile', vscode.Uri.parse('lens-test:/large.csv')));
      assert.equal(
        sentence,
        'large.csv is too large for a virtual file system; copy it to a local folder first.',
      );
      assert.ok(!read.has('/large.csv'));
    } finally {
      provider.dispose();
    }
  });
});

describe('A row of the file', () => {
  it('is shown for a step of the map', async () => {
    const folder = scratch();
    const file = put(folder, 'rows.csv', readFileSync(join(folder, 'single.csv')));
    await explain(file);
    await run('revealStep', 4);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
    assert.equal(editor?.selection.active.line, 5);
  });

  it('comes into sight with its instance, the focus staying where it is', async () => {
    const { session } = await lens();
    await explain(sample('data/test.csv'));
    const editor = () =>
      vscode.window.visibleTextEditors.find(({ document }) => /test\.csv$/.test(document.fileName))!;
    const inSight = () => {
      const { lines } = session.state.explanation!.instance;
      return editor().visibleRanges.some(({ start, end }) =>
        lines.some((line) => line > start.line && line <= end.line + 1),
      );
    };
    await vscode.commands.executeCommand('attribution.showPanel');
    for (const instance of [40, 2]) {
      await run('pickInstance', instance);
      // The session tells nothing when an editor has scrolled.
      assert.ok(await holds(inSight), `no row of instance ${instance} is in sight`);
    }
  });
});

/** A read-only file system in memory. @param read paths of what is read */
function memory(files: ReadonlyMap<string, Uint8Array>, read: Set<string>): vscode.FileSystemProvider {
  const get = (uri: vscode.Uri) => {
    const bytes = files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  const no = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => {}),
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: get(uri).length }),
    readFile: (uri) => {
      read.add(uri.path);
      return get(uri);
    },
    ...{ readDirectory: () => [], createDirectory: no, writeFile: no, delete: no, rename: no },
  };
}
