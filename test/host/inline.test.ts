import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatShare } from '../../src/format.ts';
import { sample, scratch } from './support/files.ts';
import { expectedLines, hasRows, hoverAt, linesOf, opened, shown, withRows } from './support/inline.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';

async function lenses(file: string): Promise<{ line: number; title: string | undefined }[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    vscode.Uri.file(file),
  );
  return found.map(({ range, command }) => ({ line: range.start.line, title: command?.title }));
}

describe('Inline attribution', () => {
  withRows();

  it('marks the rows the map speaks of, the strongest with the strongest level', async () => {
    const file = sample('data/walk_0007.csv');
    await opened(file);
    const { map } = pictureOf(await explain(file));
    const [editor] = await shown(file, hasRows, 'rows');
    assert.deepEqual(linesOf(editor!), await expectedLines());
    const means = Array.from({ length: map.columns }, (_, t) =>
      Array.from({ length: map.rows }, (_, row) => map.values[row * map.columns + t]!).reduce(
        (a, b) => a + b,
      ),
    ).slice(0, 48);
    const strongest = editor!.rows.reduce((a, b) => (b.level > a.level ? b : a));
    const peak = means.indexOf(Math.max(...means)) + 1;
    assert.equal(editor!.rows.find(({ line }) => line === peak)?.level, strongest.level);
    assert.equal(editor!.stale, false);
    assert.ok(editor!.overview.length > 0);
  });

  it('says below the last row what the padding got', async () => {
    const file = sample('data/walk_0007.csv');
    await opened(file);
    const { shares } = pictureOf(await explain(file));
    const [editor] = await shown(file, hasRows, 'rows');
    assert.equal(editor!.ghost?.kind, 'blank');
    assert.equal(editor!.ghost?.line, 49);
    const all = formatShare(shares.MIXED.map + shares.EMPTY.map);
    const [mixed, empty] = [formatShare(shares.MIXED.map), formatShare(shares.EMPTY.map)];
    assert.equal(editor!.ghost?.text, `83 padded steps: ${all} of the map (MIXED ${mixed}, EMPTY ${empty})`);
  });

  it('is turned off and on, and set to cells', async () => {
    const file = sample('data/walk_0007.csv');
    const { document } = await opened(file);
    await explain(file);
    const [rows] = await shown(file, hasRows, 'rows');
    await run('toggleInline');
    const [off] = await shown(file, ([editor]) => editor?.rows.length === 0, 'nothing');
    assert.deepEqual([off!.overview, off!.cells, off!.ghost], [[], [], null]);
    assert.deepEqual(await hoverAt(file, 5, 3), []);
    await run('toggleInline');
    await shown(file, hasRows, 'rows again');
    await run('toggleInline', 'cells');
    const [cells] = await shown(file, ([editor]) => (editor?.cells.length ?? 0) > 0, 'cells');
    assert.deepEqual(cells!.rows, rows!.rows);
    const { session } = await lens();
    const { map, signals } = pictureOf(session.state);
    const header = document.lineAt(0).text.split(',');
    for (const { line, from, to, level } of cells!.cells.slice(0, 200)) {
      const before = document.lineAt(line).text.slice(0, from);
      const feature = signals.features.indexOf(header[before.split(',').length - 1]!);
      const text = document.lineAt(line).text.slice(from, to);
      assert.ok(Math.abs(Number(text) - signals.raw![feature * map.columns + line - 1]!) < 1e-4, text);
      assert.ok(level > 0 && map.values[feature * map.columns + line - 1]! > 0);
    }
  });

  it('marks only the rows of the shown instance, and says its padding between two instances', async () => {
    const file = join(scratch(), 'long.csv');
    await opened(file);
    await explain(file);
    await run('pickInstance', '1');
    await run('pickLayer', 'conv2dblock');
    const { instance } = pictureOf((await lens()).session.state);
    const expected = await expectedLines();
    const [editor] = await shown(
      file,
      (all) => hasRows(all) && all[0]!.rows.every(({ line }) => instance.lines.includes(line + 1)),
      'rows of the second instance',
    );
    assert.deepEqual(linesOf(editor!), expected);
    const last = Math.max(...instance.lines);
    assert.equal(editor!.ghost?.kind, 'above');
    assert.equal(editor!.ghost?.line, last);
    const [lens1] = await lenses(file);
    assert.deepEqual(lens1, { line: last, title: editor!.ghost!.text });
  });

  it('is in every editor of the file, and in one that is opened later', async () => {
    const file = sample('data/walk_0007.csv');
    await opened(file, vscode.ViewColumn.One);
    await explain(file);
    await shown(file, hasRows, 'rows');
    await opened(file, vscode.ViewColumn.Three);
    const both = await shown(file, (all) => all.length === 2 && all.every((one) => hasRows([one])), 'both');
    assert.deepEqual(both[0]!.overview, both[1]!.overview);
    assert.deepEqual(both[0]!.ghost, both[1]!.ghost);
  });

  it('is gone when the panel is closed or another file is looked at', async () => {
    const file = sample('data/walk_0007.csv');
    const other = sample('data/walk_0013.csv');
    await opened(file, vscode.ViewColumn.One);
    await explain(file);
    await shown(file, hasRows, 'rows');
    await opened(other, vscode.ViewColumn.Three);
    await explain(other);
    await shown(other, hasRows, 'rows of the other');
    const [first] = await shown(file, ([editor]) => editor?.rows.length === 0, 'nothing in the first');
    assert.equal(first!.ghost, null);
    const panel = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview);
    await vscode.window.tabGroups.close(panel);
    const [second] = await shown(other, ([editor]) => editor?.rows.length === 0, 'nothing in the other');
    assert.deepEqual([second!.overview, second!.ghost], [[], null]);
    assert.deepEqual(await lenses(other), []);
  });
});
