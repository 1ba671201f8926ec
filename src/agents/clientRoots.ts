import { fileURLToPath } from 'node:url';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';

/** A client that does not answer must not hold a call. */
const PATIENCE_MS = 3000;

/** The folders an MCP client offers, absolute; none where it offers none. */
export async function clientRoots(server: Server): Promise<string[]> {
  if (!server.getClientCapabilities()?.roots) return [];
  try {
    const { roots } = await server.listRoots(undefined, { timeout: PATIENCE_MS });
    return roots.flatMap(({ uri }) => pathOf(uri));
  } catch {
    return [];
  }
}

function pathOf(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}
