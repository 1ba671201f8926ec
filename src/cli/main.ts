import { createEngine, type LocalEngine } from '../engine/service.ts';
import { version } from '../engine/version.ts';
import { Refusal } from '../refusal.ts';
import { read } from './arguments.ts';
import { checkTargets } from './checkTargets.ts';
import { COMMANDS } from './commands.ts';
import { helpOf, helpOfOne } from './help.ts';
import { answer, complain, complainOfDefect } from './say.ts';

/**
 * Runs the command line; never throws. Gives the exit code: 0 done, 2 bad input, 1 a defect of ours.
 * @param engine an open one, which stays open; one of its own, made by `open`, unless given
 */
export async function main(
  words: readonly string[],
  engine?: LocalEngine,
  open: (timeoutSeconds: number | undefined) => LocalEngine = () => createEngine(),
): Promise<number> {
  let own: LocalEngine | undefined;
  try {
    const asked = read(words);
    if (asked.kind === 'help') await answer(asked.of ? helpOfOne(asked.of) : helpOf(COMMANDS));
    else if (asked.kind === 'version') await answer(`${version}\n`);
    else {
      const { timeout }: { readonly timeout?: number } = asked.command.asked;
      if (!engine) own = open(timeout);
      const used = (engine ?? own)!;
      await checkTargets(asked.command.asked, used);
      await asked.command.run(used);
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
