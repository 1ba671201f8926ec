import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { bundled } from '../../workbench/bundled.ts';
import { out, root } from '../../workbench/folders.ts';

export const sample = join(root, 'media/sample');

/** The programs as the package has them: side by side. */
export function program(): string {
  const folder = join(out, 'bundles', 'beside');
  mkdirSync(folder, { recursive: true });
  const [cli, engine] = ['src/cli.ts', 'src/engine/main.ts'].map(bundled) as [string, string];
  copyFileSync(engine, join(folder, 'engine.cjs'));
  const path = join(folder, basename(cli));
  copyFileSync(cli, path);
  return path;
}

/** A client of `attribution-lens mcp`, connected over stdio. */
export async function served(words: readonly string[], cwd: string, client = plain()): Promise<Client> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program(), 'mcp', ...words],
    cwd,
    stderr: 'ignore',
  });
  await client.connect(transport);
  return client;
}

function plain(): Client {
  return new Client({ name: 'test', version: '1' });
}
