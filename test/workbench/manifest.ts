import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOf } from '../../src/agents/fields.ts';
import { TOOLS } from '../../src/agents/tools.ts';
import { root } from './folders.ts';
import { putWorkCommands } from './workCommands.ts';

/**
 * Writes into package.json and its texts what the source says of itself: the agents' tools with the ids of methods,
 * and the commands of long work.
 */
const manifest = read('package.json');
const texts = read('package.nls.json');
const before = [manifest.text, texts.text];
for (const announced of manifest.json.contributes.languageModelTools) {
  const tool = TOOLS.find(({ name }) => name === announced.name);
  if (!tool) throw new Error(`${announced.name} is none of the agents' tools.`);
  announced.displayName = tool.title;
  announced.modelDescription = tool.description;
  announced.inputSchema = schemaOf(tool.fields);
}
putWorkCommands(manifest.json, texts.json);
for (const [at, { path, json }] of [manifest, texts].entries()) {
  if (JSON.stringify(JSON.parse(before[at]!)) !== JSON.stringify(json)) {
    writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`);
  }
}

function read(name: string) {
  const path = join(root, name);
  const text = readFileSync(path, 'utf8');
  return { path, text, json: JSON.parse(text) };
}
