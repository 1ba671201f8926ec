import type { LocalEngine } from '../engine/service.ts';
import type { ExplainerCommand } from './explainerArguments.ts';
import { writeWhole } from './output.ts';

/** `config` is the attribution.json that applies: given, or found beside the model. */
export async function explainerCommand(
  { name: _, out, runtime, config: __, ...request }: ExplainerCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  await writeWhole(out, await engine.explainer({ ...request, project: config, prefer: runtime }));
}
