import { createEngine, type LocalEngine } from '../engine/service.ts';
import { version } from '../engine/version.ts';
import { findProject } from '../project/project.ts';
import { Refusal } from '../refusal.ts';
import { readArguments } from './arguments.ts';
import { auditCommand } from './auditCommand.ts';
import { checkTargets } from './checkTargets.ts';
import { convertCommand } from './convertCommand.ts';
import { datasetCommand } from './datasetCommand.ts';
import { evaluateCommand } from './evaluateCommand.ts';
import { explainCommand } from './explainCommand.ts';
import { explainerCommand } from './explainerCommand.ts';
import { generateCommand } from './generateCommand.ts';
import { help } from './help.ts';
import { layersCommand } from './layersCommand.ts';
import { maskedCommand } from './maskedCommand.ts';
import { answer, complain, complainOfDefect } from './say.ts';

/**
 * Runs the command line; never throws. Gives the exit code: 0 done, 2 bad input, 1 a defect of ours.
 * @param engine an open one, which stays open; one of its own unless given
 */
export async function main(words: readonly string[], engine?: LocalEngine): Promise<number> {
  const own = engine ?? createEngine();
  try {
    const command = readArguments(words);
    await checkTargets(command);
    switch (command.name) {
      case 'help':
        await answer(help);
        break;
      case 'version':
        await answer(`${version}\n`);
        break;
      case 'layers':
        await layersCommand(command, own);
        break;
      case 'explain':
        await explainCommand(command, command.config ?? (await findProject(command.data)), own);
        break;
      case 'audit':
        await auditCommand(command, command.config ?? (await findProject(command.data)), own);
        break;
      case 'dataset':
        await datasetCommand(command, command.config ?? (await findProject(command.data)), own);
        break;
      case 'evaluate':
        await evaluateCommand(command, command.config ?? (await findProject(command.data)), own);
        break;
      case 'generate':
        await generateCommand(command);
        break;
      case 'convert':
        await convertCommand(command);
        break;
      case 'masked':
        await maskedCommand(command, own);
        break;
      case 'explainer':
        await explainerCommand(command, command.config ?? (await findProject(command.model)), own);
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
    if (!engine) {
      await own.dispose();
    }
  }
}
