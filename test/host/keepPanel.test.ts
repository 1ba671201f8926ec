import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { scratch } from './support/files.ts';
import { explain, holds, lens, run } from './support/lens.ts';

describe('Keep This Panel', () => {
  it('gives the next file a panel of its own: picks, rows and closing are each its own', async () => {
    const file = join(scratch(), 'long.csv');
    await explain(file);
    await run('pickInstance', 1);
    await run('keepPanel');
    const { places } = await lens();
    await explain(file);
    await run('pickInstance', 2);
    assert.equal(places.all.length, 2);
    const [kept, other] = [places.first, places.front];
    assert.deepEqual(
      [kept, other].map(({ session }) => session.state.explanation?.instance.index),
      [1, 2],
    );
    const rowsOf = ({ inline }: typeof kept) =>
      inline.decorations(vscode.Uri.file(file)).flatMap(({ rows }) => rows).length;
    assert.ok(await holds(() => rowsOf(other) > 0 && rowsOf(kept) === 0), 'only the one in front marks rows');

    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const labels = tabs
      .map(({ label }) => label)
      .filter((label) => label.startsWith('Attribution: long.csv'));
    assert.deepEqual(labels.sort(), ['Attribution: long.csv', 'Attribution: long.csv (kept)']);
    await vscode.window.tabGroups.close(tabs.find(({ label }) => label === 'Attribution: long.csv')!);
    assert.ok(await holds(() => places.all.length === 1 && places.front === kept), 'its place has gone');
    assert.ok(await holds(() => rowsOf(kept) > 0), 'the one that stays marks the rows');

    await run('releasePanel');
    const { explanation } = await explain(join(scratch(), 'single.csv'));
    assert.equal(explanation?.instance.of, 1);
    assert.equal(places.all.length, 1);
  });
});
