import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOf } from '../../src/agents/fields.ts';
import { TOOLS } from '../../src/agents/tools.ts';
import { root } from './folders.ts';

/** Writes into package.json what the agents' tools say of themselves: the ids of methods among it. */
const path = join(root, 'package.json');
const before = readFileSync(path, 'utf8');
const manifest = JSON.parse(before);
for (const announced of manifest.contributes.languageModelTools) {
  const tool = TOOLS.find(({ name }) => name === announced.name);
  if (!tool) throw new Error(`${announced.name} is none of the agents' tools.`);
  announced.displayName = tool.title;
  announced.modelDescription = tool.description;
  announced.inputSchema = schemaOf(tool.fields);
}
const after = `${JSON.stringify(manifest, null, 2)}\n`;
if (JSON.stringify(JSON.parse(before)) !== JSON.stringify(manifest)) writeFileSync(path, after);
