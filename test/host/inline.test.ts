import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatShare } from '../../src/format.ts';
import type { InlineDecorations } from '../../src/views/inline/inline.ts';
import { project, put, sample, scratch, tinyFixture } from './support/files.ts';
import { explain, lens, pictureOf, run, until } from './support/lens.ts';

const isIdle = ({ activity }: { activity: { kind: string } }) => activity.kind === 'idle';

async function opened(file: string, column = vscode.ViewColumn.One): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: column, preview: false });
}

/** What the editors of a file show, once it is what is waited for. */
async function shown(
  file: string,
  wanted: (editors: readonly InlineDecorations[]) => boolean,
  what: string,
): Promise<readonly InlineDecorations[]> {
  const { inline } = await lens();
  const uri = vscode.Uri.file(file);
  for (let waited = 0; ; waited += 20) {
    const editors = inline.decorations(uri);
    if (wanted(editors)) return editors;
    assert.ok(waited < 15_000, `not reached: ${what}; there is ${JSON.stringify(editors).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isFresh = ([editor]: readonly InlineDecorations[]) => editor !== undefined && !editor.stale;
const hasRows = ([editor]: readonly InlineDecorations[]) => (editor?.rows.length ?? 0) > 0;
const linesOf = (editor: InlineDecorations) => editor.rows.map(({ line }) => line).sort((a, b) => a - b);

/** 0-based lines on which the rows with heat must stand: straight from the explanation. */
async function expectedLines(): Promise<number[]> {
  const { session } = await lens();
  const { instance, map } = pictureOf(session.state);
  return [...instance.lines].flatMap((line, t) => {
    const values = Array.from({ length: map.rows }, (_, row) => map.values[row * map.columns + t]!);
    const mean = values.reduce((sum, value) => sum + value, 0);
    return line > 0 && mean !== 0 ? [line - 1] : [];
  });
}

async function hoverAt(file: string, line: number, character: number): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    vscode.Uri.file(file),
    new vscode.Position(line, character),
  );
  return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}

async function lenses(file: string): Promise<{ line: number; title: string | undefined }[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    vscode.Uri.file(file),
  );
  return found.map(({ range, command }) => ({ line: range.start.line, title: command?.title }));
}

describe('Inline attribution', () => {
  const mode = async (wanted: string) => run('toggleInline', wanted);

  beforeEach(() => mode('rows'));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() =>
    vscode.workspace
      .getConfiguration('attribution')
      .update('inline', undefined, vscode.ConfigurationTarget.Global),
  );

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

  it('tells a row on hover, with names that stay text', async () => {
    const folder = scratch(['tiny.onnx', 'single.csv']);
    const evil = '![x](http://127.0.0.1/x) [run](command:workbench.action.quit) a|b';
    const text = readFileSync(tinyFixture('single.csv'), 'utf8').replace('t,a,b', `t,"${evil}",b`);
    const file = put(folder, 'evil.csv', text);
    await opened(file);
    await run('chooseModel', join(folder, 'tiny.onnx'));
    await explain(file);
    const names = pictureOf(await run('chooseModel', join(folder, 'tiny.onnx'))).signals.features;
    assert.equal(names[0], evil);
    await run('pickLayer', 'conv2dblock');
    const [hover] = await hoverAt(file, 1, 3);
    assert.match(hover!.value, /^\*\*step 0\*\* .*REAL/);
    assert.match(hover!.value, /\| feature \| &emsp;value \| &emsp;attribution \| &emsp;rank \|/);
    assert.ok(!hover!.isTrusted && !hover!.supportHtml && !hover!.supportThemeIcons);
    assert.ok(hover!.value.includes('\\[run\\]\\(command\\:'), hover!.value);
    assert.deepEqual(await hoverAt(file, 0, 3), [], 'the header is no step');
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
    await mode('cells');
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
    // The panel may have the focus.
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
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

  it('follows interleaved cases', async () => {
    const folder = scratch();
    const [header, ...rows] = readFileSync(tinyFixture('long.csv'), 'utf8').trimEnd().split('\n');
    const of = (id: string) => rows.filter((row) => row.startsWith(`${id},`));
    const [a, b] = [of('case0'), of('case1')];
    const mixed = a.flatMap((row, i) => [row, ...(b[i] ? [b[i]] : [])]);
    const file = put(folder, 'mixed.csv', `${[header, ...mixed].join('\n')}\n`);
    const given = JSON.parse(readFileSync(tinyFixture('attribution.json'), 'utf8'));
    project(folder, { data: given.data });
    await opened(file);
    await explain(file);
    await run('pickLayer', 'conv2dblock');
    const [editor] = await shown(file, hasRows, 'rows');
    const lines = linesOf(editor!);
    assert.deepEqual(lines, await expectedLines());
    assert.ok(
      lines.some((line, i) => i > 0 && line - lines[i - 1]! === 2),
      lines.join(' '),
    );
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

  it('decorates what can be seen of 100,000 rows, the overview in few runs', async () => {
    const folder = scratch();
    const given = JSON.parse(readFileSync(tinyFixture('attribution.json'), 'utf8'));
    project(folder, { data: given.data });
    const rows = readFileSync(tinyFixture('long.csv'), 'utf8').trimEnd().split('\n');
    const one = rows.slice(1).filter((row) => row.startsWith('case0,'));
    // Every case stands in rows far from one another: the first one reaches over the whole file.
    const cases = Math.ceil(100_000 / one.length);
    const lines = one.flatMap((row) =>
      Array.from({ length: cases }, (_, i) => row.replace('case0', `case${i}`)),
    );
    const file = put(folder, 'large.csv', `${rows[0]}\n${lines.join('\n')}\n`);
    const editor = await opened(file);
    assert.ok(editor.document.lineCount > 100_000);
    await explain(file);
    await run('pickLayer', 'conv2dblock');
    const expected = await expectedLines();
    assert.ok(expected.at(-1)! > 90_000);
    const [top] = await shown(file, hasRows, 'the first row');
    assert.ok(top!.rows.length < 5, `${top!.rows.length} rows at the top`);
    assert.ok(top!.overview.length > 5 && top!.overview.length <= 1000);
    assert.equal(top!.overview.at(-1)!.to, expected.at(-1));
    const place = new vscode.Range(expected.at(-1)!, 0, expected.at(-1)!, 0);
    editor.revealRange(place, vscode.TextEditorRevealType.InCenter);
    await shown(file, ([first]) => first!.rows.some(({ line }) => line === expected.at(-1)), 'the last row');
  });

  it('marks nothing where one line holds an instance, and says so on that line', async () => {
    const folder = scratch(['tiny.onnx']);
    const rows = readFileSync(tinyFixture('single.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const columns = [1, 2, 3, 4].map((column) => rows.map((row) => row.split(',')[column]).join(','));
    const header = '@problemName p\n@timeStamps false\n@missing false\n@univariate false\n@dimension 4\n';
    const file = put(
      folder,
      'p_TEST.ts',
      `${header}@classLabel true up down\n@data\n${columns.join(':')}:up\n`,
    );
    await opened(file);
    await run('chooseModel', join(folder, 'tiny.onnx'));
    await explain(file);
    pictureOf(await run('chooseModel', join(folder, 'tiny.onnx')));
    const { inline } = await lens();
    const [editor] = inline.decorations(vscode.Uri.file(file));
    assert.deepEqual([editor!.rows, editor!.overview, editor!.cells, editor!.ghost], [[], [], [], null]);
    const hovers = await hoverAt(file, 7, 4);
    assert.ok(
      hovers.some(({ value }) => /This line holds all steps/.test(value)),
      JSON.stringify(hovers),
    );
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
