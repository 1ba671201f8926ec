import { stat } from 'node:fs/promises';
import { parse, resolve } from 'node:path';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { EngineClient } from '../engine/client.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import { Refusal } from '../refusal.ts';
import { clientRoots } from './clientRoots.ts';
import { mcpServer } from './mcpServer.ts';

/** What a server on standard input and output is started with. */
export interface StdioOptions {
  /** Absolute path of the engine's script. */
  readonly engine: string;
  /** Folders that may be read; empty: those the client offers; of one that knows of none, the current folder. */
  readonly roots: readonly string[];
  readonly prefer: RuntimePreference;
  /** A line on standard error: standard output is the protocol's. */
  readonly log: (line: string) => void;
  readonly onDefect: (error: unknown) => void;
}

/** Serves until standard input ends. @throws Refusal `no-roots` where a given root is no folder */
export async function serveStdio({
  engine: entry,
  roots,
  prefer,
  log,
  onDefect,
}: StdioOptions): Promise<void> {
  await Promise.all(roots.map(mustBeFolder));
  // That the engine's process ends with this one is no news.
  let isOver = false;
  const engine = new EngineClient({ entry, log: (line) => isOver || log(line) });
  const server = mcpServer({
    ...{ engine, prefer, onDefect },
    roots: async (server) => {
      if (roots.length > 0) return roots;
      return (await clientRoots(server)) ?? currentFolder();
    },
  });
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
  });
  try {
    await server.connect(new StdioServerTransport());
    await ended;
  } finally {
    isOver = true;
    engine.dispose();
    await server.close();
  }
}

/** @throws Refusal `no-roots` before anything is served: every answer would be a refusal */
async function mustBeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return;
  const what = found ? 'is no folder' : 'does not exist';
  throw new Refusal('no-roots', `${path} ${what}; give --root a folder that may be read.`);
}

/** Programs start servers in the root of the disk where they have no folder: that is leave to read everything, unasked. */
function currentFolder(): string[] {
  const folder = resolve();
  return folder === parse(folder).root ? [] : [folder];
}
