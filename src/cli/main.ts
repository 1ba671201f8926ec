import { createEngine } from '../engine/service.ts';
import { version } from '../engine/version.ts';
import { findProject } from '../project/project.ts';
import { Refusal } from '../refusal.ts';
import { readArguments } from './arguments.ts';
import { explainCommand } from './explainCommand.ts';
import { help } from './help.ts';
import { layersCommand } from './layersCommand.ts';

/** Runs the command line; never throws. Gives the exit code: 0 done, 2 bad input, 1 a defect of ours. */
export async function main(words: readonly string[]): Promise<number> {
  const engine = createEngine();
  try {
    const command = readArguments(words);
    switch (command.name) {
      case 'help':
        process.stdout.write(help);
        break;
      case 'version':
        process.stdout.write(`${version}\n`);
        break;
      case 'layers':
        await layersCommand(command, engine);
        break;
      case 'explain':
        await explainCommand(command, command.config ?? (await findProject(command.data)), engine);
    }
    return 0;
  } catch (error) {
    if (error instanceof Refusal) {
      process.stderr.write(`attribution-lens: ${error.message}\n`);
      return 2;
    }
    console.error(error);
    return 1;
  } finally {
    await engine.dispose();
  }
}
