import type { CallOptions } from '../engine/client.ts';
import type { Source } from '../engine/requests.ts';
import { Refusal } from '../refusal.ts';
import type { AgentEngine } from './tool.ts';

/**
 * Position of the instance asked for: an id goes before a position.
 * @throws Refusal `no-such-case`
 */
export async function instanceOf(
  engine: AgentEngine,
  source: Source,
  wanted: string | undefined,
  options: CallOptions,
): Promise<number> {
  if (wanted === undefined) return 0;
  const { instances } = await engine.call('data', source, options);
  const byId = instances.find(({ id }) => id === wanted);
  const found = byId ?? (/^\d{1,9}$/.test(wanted) ? instances[Number(wanted)] : undefined);
  if (found) return found.index;
  const some = instances.slice(0, 5).map(({ id }) => JSON.stringify(id));
  throw new Refusal(
    'no-such-case',
    `There is no case ${JSON.stringify(wanted.slice(0, 80))}: the file has ${instances.length} (${some.join(', ')}${instances.length > 5 ? ', …' : ''}), or by position 0 to ${instances.length - 1}.`,
  );
}
