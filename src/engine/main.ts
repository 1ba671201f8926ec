import { constants, setPriority } from 'node:os';
import { handed } from '../start/handed.ts';
import { growSlowly } from './growSlowly.ts';
import { guardThisProcess } from './guard.ts';
import type { EngineMessage } from './protocol.ts';
import { serve } from './serve.ts';
import { createEngine } from './service.ts';

/** The engine's child process: forked by client.ts, never run by hand. */
// Ctrl+C goes to everybody at the terminal; what becomes of the work here is the parent's to say.
process.on('SIGINT', () => {});
const send = (message: EngineMessage) => {
  // Afterwards the parent may have no more use for this process, and end it.
  if (message.kind === 'answer') keepOnce();
  process.send?.(message);
};
let kept = false;
function keepOnce(): void {
  if (!kept) handed().keepCode?.();
  kept = true;
}
const engine = createEngine({
  guard: guardThisProcess(),
  // There is no way back up, but a child of the editor's that repairs or trains is one of its own.
  stepBack: () => setPriority(constants.priority.PRIORITY_BELOW_NORMAL),
  large: growSlowly,
  log: (line) => console.log(line),
  group: (pid, lives) => send({ kind: 'group', pid, lives }),
});
serve(engine, { on: process.on.bind(process), send });
