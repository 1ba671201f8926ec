import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { project, put, scratch, tinyFixture } from './support/files.ts';
import { expectedLines, hasRows, hoverAt, linesOf, opened, shown, withRows } from './support/inline.ts';
import { explain, pictureOf, run } from './support/lens.ts';

describe('Inline attribution of unusual files', () => {
  withRows();

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
    const [editor] = await shown(file, ({ length }) => length === 1, 'one editor');
    assert.deepEqual([editor!.rows, editor!.overview, editor!.cells, editor!.ghost], [[], [], [], null]);
    const hovers = await hoverAt(file, 7, 4);
    assert.ok(
      hovers.some(({ value }) => /This line holds all steps/.test(value)),
      JSON.stringify(hovers),
    );
  });
});
