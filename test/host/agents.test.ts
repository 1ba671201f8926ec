import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sample } from './support/files.ts';
import { lens } from './support/lens.ts';

/** What a tool says to the model, part by part. */
async function asked(name: string, input: object): Promise<string[]> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : 'picture'));
}

describe('Agents in the editor, by language model tools', () => {
  before(() => lens());

  it('find every tool, with words on when to take it', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('attribution_'));
    const names = tools.map(({ name }) => name);
    for (const name of ['layers', 'explain', 'audit', 'evaluate', 'dataset', 'repair']) {
      assert.ok(names.includes(`attribution_${name}`), name);
    }
    for (const { description, inputSchema } of tools) {
      assert.ok(description.length > 100);
      assert.ok(inputSchema);
    }
  });

  it('get numbers about files of the workspace', async () => {
    const [text, numbers] = await asked('attribution_explain', { data: sample('data/walk_0007.csv') });
    assert.match(text!, /padding/);
    assert.ok(JSON.parse(numbers!));
  });

  it('get a small picture beside them, where the editor takes one, and layers by their names', async () => {
    const input = { data: sample('data/walk_0007.csv') };
    const parts = await asked('attribution_explain', input);
    const takes = 'LanguageModelDataPart' in vscode;
    assert.deepEqual(parts.slice(2), takes ? ['picture'] : []);
    const [, layers] = await asked('attribution_layers', { model: sample('models/xcm.onnx') });
    assert.match(layers!, /conv2dblock/);
  });

  it('are let go when they are cancelled, and asked again answer', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const input = { data: sample('data/walk_0007.csv') };
    const cancelled = vscode.lm.invokeTool(
      'attribution_audit',
      { input, toolInvocationToken: undefined },
      source.token,
    );
    await assert.rejects(async () => cancelled);
    const [text] = await asked('attribution_explain', input);
    assert.match(text!, /padding/);
  });

  it('get one sentence for what they may not read, or what is no argument', async () => {
    const [outside] = await asked('attribution_explain', { data: '/etc/passwd' });
    assert.match(outside!, /^passwd is outside the folders that may be read/);
    const [wrong] = await asked('attribution_layers', { modle: 'x.onnx' });
    assert.match(wrong!, /There is no argument "modle"/);
  });
});
