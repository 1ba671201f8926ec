import type { LocalEngine } from '../engine/service.ts';
import type { MaskedCommand } from './arguments.ts';
import { writeWhole } from './output.ts';

export async function maskedCommand(
  { model, out, config, runtime }: MaskedCommand,
  engine: LocalEngine,
): Promise<void> {
  await writeWhole(out, await engine.masked({ model, project: config, prefer: runtime }));
}
