import { constants, setPriority } from 'node:os';
import { guardThisProcess } from './guard.ts';
import { endWithParent } from './orphan.ts';
import type { EngineMessage } from './protocol.ts';
import { serve } from './serve.ts';
import { createEngine } from './service.ts';

/** The engine's child process: forked by client.ts, never run by hand. */
endWithParent();
// Ctrl+C goes to everybody at the terminal; what becomes of the work here is the parent's to say.
process.on('SIGINT', () => {});
const send = (message: EngineMessage) => {
  process.send?.(message);
};
const engine = createEngine({
  guard: guardThisProcess(),
  // There is no way back up, but a child of the editor's that repairs or trains is one of its own.
  stepBack: () => setPriority(constants.priority.PRIORITY_BELOW_NORMAL),
  log: (line) => console.log(line),
  group: (pid, lives) => send({ kind: 'group', pid, lives }),
});
serve(engine, { on: process.on.bind(process), send });
