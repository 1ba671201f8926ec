import type { LocalEngine } from '../engine/service.ts';
import { version } from '../engine/version.ts';
import { Refusal } from '../refusal.ts';
import { read } from './arguments.ts';
import { checkTargets } from './checkTargets.ts';
import { COMMANDS } from './commands.ts';
import { helpOf, helpOfOne } from './help.ts';
import { answer, complain, complainOfDefect } from './say.ts';

/**
 * Runs the command line; never throws. Gives the exit code: 0 done, 2 bad input, 1 a defect of ours.
 * @param engine an open one, which stays open, or what opens one of its own where one is needed: the bundle of the
 *   command line holds none
 */
export async function main(
  words: readonly string[],
  engine: LocalEngine | ((timeoutSeconds: number | undefined) => LocalEngine),
): Promise<number> {
  let own: LocalEngine | undefined;
  try {
    const asked = read(words);
    if (asked.kind === 'help') await answer(asked.of ? helpOfOne(asked.of) : helpOf(COMMANDS));
    else if (asked.kind === 'version') await answer(`${version}\n`);
    else {
      const { timeout }: { readonly timeout?: number } = asked.command.asked;
      if (typeof engine === 'function') own = engine(timeout);
      const used = typeof engine === 'function' ? own! : engine;
      await checkTargets(asked.command.asked, used);
      await asked.command.run(used);
      await sayIfBroken(asked.command.asked, used);
    }
    return 0;
  } catch (error) {
    if (error instanceof Refusal) {
      complain(`attribution-lens: ${error.message}`);
      return 2;
    }
    complainOfDefect(error);
    return 1;
  } finally {
    await own?.dispose();
  }
}

/** A native runtime that is here and does not load is said once, also where nobody asked for it. */
async function sayIfBroken(
  asked: { readonly model?: string; readonly runtime?: string },
  engine: LocalEngine,
) {
  if (asked.model === undefined || asked.runtime !== 'auto') return;
  const { broken, note } = await engine.runtime({ prefer: 'auto' });
  if (broken && note !== undefined) complain(note);
}
