import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { giveTo } from './support/editor.ts';
import { scratch } from './support/files.ts';
import {
  expectedLines,
  hasRows,
  hoverAt,
  isFresh,
  linesOf,
  opened,
  shown,
  withRows,
} from './support/inline.ts';
import { explain, run, until } from './support/lens.ts';

const isIdle = ({ activity }: { activity: { kind: string } }) => activity.kind === 'idle';

describe('Inline attribution of a text that is edited', () => {
  withRows();

  it('moves with edits, is stale from the first one, and right again after the run', async () => {
    const file = join(scratch(), 'single.csv');
    const editor = await opened(file);
    await explain(file);
    await run('pickLayer', 'conv2dblock');
    const [before] = await shown(file, (all) => hasRows(all) && isFresh(all), 'rows');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    const [moved] = await shown(file, ([first]) => first?.stale === true, 'stale');
    assert.deepEqual(
      linesOf(moved!),
      linesOf(before!).map((line) => line + 1),
    );
    const [hover] = await hoverAt(file, 2, 2);
    assert.match(hover!.value, /edited since/);
    assert.match(moved!.ghost!.text, /before the edit$/);
    const [after] = await shown(file, isFresh, 'fresh');
    assert.deepEqual(linesOf(after!), await expectedLines());
    assert.deepEqual(linesOf(after!), linesOf(moved!));
    assert.doesNotMatch((await hoverAt(file, 2, 2))[0]!.value, /edited since/);
  });

  it('loses the rows whose text is deleted, and finds them when that is undone', async () => {
    const file = join(scratch(), 'single.csv');
    const editor = await opened(file);
    await explain(file);
    await run('pickLayer', 'conv2dblock');
    const [before] = await shown(file, (all) => hasRows(all) && isFresh(all), 'rows');
    await editor.edit((edit) => edit.delete(new vscode.Range(10, 0, 13, 0)));
    const [cut] = await shown(file, ([first]) => first?.stale === true, 'stale');
    assert.equal(cut!.rows.length, before!.rows.length - 3);
    await until((state) => isIdle(state) && state.explanation?.padding.length === 19, 'three rows fewer');
    await shown(file, isFresh, 'fresh');
    const { lineCount } = editor.document;
    await giveTo(editor.document, 'undo', () => editor.document.lineCount === lineCount + 3);
    await until((state) => isIdle(state) && state.explanation?.padding.length === 22, 'all rows');
    const [again] = await shown(file, isFresh, 'fresh again');
    assert.deepEqual(again!.rows, before!.rows);
  });

  it('stays stale while the text cannot be read', async () => {
    const file = join(scratch(), 'single.csv');
    const editor = await opened(file);
    await explain(file);
    await shown(file, (all) => hasRows(all) && isFresh(all), 'rows');
    await editor.edit((edit) => edit.replace(new vscode.Range(3, 0, 3, 2), 'oops,oops,'));
    await until(({ activity }) => activity.kind === 'refused', 'the refusal');
    const [stale] = await shown(file, ([first]) => first?.stale === true, 'stale');
    assert.ok(stale!.rows.length > 0, 'the last picture stays');
  });
});
