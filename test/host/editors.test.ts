import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { put, repository, sample, scratch } from './support/files.ts';
import { lens, pictureOf, run } from './support/lens.ts';

const inFront = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
const openWith = (file: string, editor: string) =>
  vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), editor);

describe('Editors that show one file', () => {
  before(lens);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('are there when they are asked for, and are never the default', async () => {
    const folder = scratch([]);
    const code = put(folder, 'code.ts', 'export const answer = 42;\n');
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(code));
    assert.ok(inFront() instanceof vscode.TabInputText, 'TypeScript opens as text');
    const model = sample('models/xcm_wide.onnx');
    for (const [file, editor] of [
      [code, 'attribution.series'],
      [model, 'attribution.layers'],
    ] as const) {
      await openWith(file, editor);
      const input = inFront();
      assert.ok(input instanceof vscode.TabInputCustom && input.viewType === editor, editor);
    }
    const arrays = join(repository, 'test/fixtures/reading/train_keys.npz');
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(arrays));
    assert.ok(inFront() instanceof vscode.TabInputText, 'the editor of VS Code');
  });

  it('are what Explain File takes when one is in front', async () => {
    const folder = scratch(['tiny.onnx', 'attribution.json']);
    cpSync(join(repository, 'test/fixtures/tiny/long.csv'), join(folder, 'series.csv'));
    await openWith(join(folder, 'series.csv'), 'attribution.series');
    const state = await run('explainFile');
    assert.match(state.file?.path ?? '', /series\.csv$/);
    pictureOf(state);
  });

  it('explain a data file with the model they are given, and say which it was', async () => {
    const data = vscode.Uri.file(sample('data/walk_0013.csv'));
    const model = sample('models/xcm_wide.onnx');
    const { session, whenIdle } = await lens();
    const answer = await vscode.commands.executeCommand<vscode.Uri>('attribution.explainFile', data, model);
    await whenIdle();
    assert.equal(answer?.fsPath, data.fsPath);
    assert.equal(session.state.model?.path, model);
    await vscode.commands.executeCommand('attribution.explainFile', data, [data]);
    await whenIdle();
    pictureOf(session.state);
  });
});
