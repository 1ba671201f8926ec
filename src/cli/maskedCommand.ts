import type { LocalEngine } from '../engine/service.ts';
import type { MaskedCommand } from './arguments.ts';
import { Output } from './output.ts';

export async function maskedCommand(command: MaskedCommand, engine: LocalEngine): Promise<void> {
  const bytes = await engine.masked({
    model: command.model,
    project: command.config,
    prefer: command.runtime,
  });
  const output = new Output(command.out);
  try {
    await output.write(bytes);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
