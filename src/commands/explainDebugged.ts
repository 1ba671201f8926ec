import type { DebuggedVariable } from '../notebook/debuggedProgram.ts';
import { pausedAt } from '../session/notebook/paused.ts';
import type { CommandContext } from './context.ts';
import { explainFrom, said } from './explainVariable.ts';

/** What the debugger's Variables view hands over. */
interface GivenByDebugger {
  readonly sessionId: string;
  readonly variable: DebuggedVariable;
}

/** Explains a variable of a paused Python program, as it is at this stop. */
export async function explainDebugged(context: CommandContext, given: GivenByDebugger): Promise<void> {
  await said(async () => {
    const { place, name } = pausedAt(given.variable, given.sessionId);
    await explainFrom(context, place, name, (pick, token) => context.notebooks.take(place, pick, token));
  });
}
