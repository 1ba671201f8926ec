import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sample } from './support/files.ts';
import { lens } from './support/lens.ts';

/** What a tool says to the model, part by part. */
async function asked(name: string, input: object): Promise<string[]> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : 'picture'));
}

describe('Agents in the editor', () => {
  before(() => lens());

  it('find every tool, with words on when to take it', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('attribution_'));
    const names = tools.map(({ name }) => name);
    for (const name of ['layers', 'explain', 'audit', 'evaluate', 'dataset']) {
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

  it('get one sentence for what they may not read, or what is no argument', async () => {
    const [outside] = await asked('attribution_explain', { data: '/etc/passwd' });
    assert.match(outside!, /^passwd is outside the folders that may be read/);
    const [wrong] = await asked('attribution_layers', { modle: 'x.onnx' });
    assert.match(wrong!, /There is no argument "modle"/);
  });
});
