import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { bundled } from '../../workbench/bundled.ts';
import { root } from '../../workbench/folders.ts';

export const sample = join(root, 'media/sample');

/** A client of `attribution-lens mcp`, connected over stdio. */
export async function served(words: readonly string[], cwd: string, client = plain()): Promise<Client> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bundled('src/cli.ts'), 'mcp', ...words],
    cwd,
    stderr: 'ignore',
  });
  await client.connect(transport);
  return client;
}

function plain(): Client {
  return new Client({ name: 'test', version: '1' });
}
