import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EXPORT_SNIPPETS, exportSnippet } from '../../src/export/exportSnippet.ts';
import { remedies } from '../../src/views/remedies.ts';
import { closeAll } from './support/editor.ts';
import { put, scratch } from './support/files.ts';
import { explain, giveUntil, lens, pictureOf, refusalOf, run } from './support/lens.ts';
import { until } from './support/until.ts';

/** Waits until the tab in front bears this name. */
async function inFront(label: RegExp): Promise<void> {
  const is = () => label.test(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '');
  await until(`a tab ${label} is in front`, is, vscode.window.tabGroups.onDidChangeTabs);
}

/** Presses a key of the list until it is gone. */
async function answer(key: string): Promise<void> {
  let gone = false;
  const asked = run('copyExportSnippet').then(() => {
    gone = true;
  });
  await giveUntil(`workbench.action.${key}`, () => gone);
  await asked;
}

describe('Newcomers', () => {
  before(lens);
  after(closeAll);

  for (const { framework, label, code } of EXPORT_SNIPPETS) {
    it(`get the code that exports a ${label} model`, async () => {
      await vscode.env.clipboard.writeText('');
      await run('copyExportSnippet', framework);
      assert.equal(await vscode.env.clipboard.readText(), code);
    });
  }

  it('get nothing on the clipboard when they leave the list', async () => {
    await vscode.env.clipboard.writeText('before');
    await answer('closeQuickOpen');
    assert.equal(await vscode.env.clipboard.readText(), 'before');
  });

  it('find the framework of the refused file first in the list', async () => {
    const folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
    refusalOf(await run('chooseModel', put(folder, 'model.tflite', 'x')));
    await answer('acceptSelectedQuickOpenItem');
    assert.equal(await vscode.env.clipboard.readText(), exportSnippet('keras').code);
  });

  it('are told of the code where a model file holds no graph', async () => {
    const folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
    const refusal = refusalOf(await run('chooseModel', put(folder, 'model.pt', 'PK')));
    assert.equal(refusal.code, 'foreign-model');
    assert.match(refusal.sentence, /^model\.pt is a PyTorch file/);
    const offered = remedies(refusal, (await lens()).session.state);
    assert.deepEqual(
      offered.map(({ command }) => command),
      ['copyExportSnippet', 'chooseModel'],
    );
    pictureOf(await run('chooseModel', join(folder, 'tiny.onnx')));
  });

  it('are walked through on the welcome page', async () => {
    await run('openWalkthrough');
    await inFront(/^(Walkthrough|Welcome)/);
  });
});
