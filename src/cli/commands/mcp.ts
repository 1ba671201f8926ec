import { fileURLToPath } from 'node:url';
import { command } from '../command.ts';
import { folders, RUNTIME } from '../options.ts';
import { complain, complainOfDefect } from '../say.ts';

export const mcp = command({
  name: 'mcp',
  files: [],
  summary: 'The same for agents: a server of the Model Context Protocol on standard input and output',
  more: 'Reads only inside the given folders, and writes nothing. See docs/agents.md.',
  options: {
    root: folders(
      'a folder that may be read; may be said again (default: the folders the client offers, else the current folder)',
    ),
    runtime: RUNTIME,
  },
  read: (_, said) => ({ roots: said.root ?? [], runtime: said.runtime ?? 'auto' }),
  run: async ({ roots, runtime }) => {
    // Needs packages that no other command does.
    const { serveStdio } = await import('../../agents/serveStdio.ts');
    await serveStdio({
      // Beside this program in the package.
      engine: fileURLToPath(new URL('./engine.cjs', import.meta.url)),
      ...{ roots, prefer: runtime, log: complain, onDefect: complainOfDefect },
    });
  },
});
