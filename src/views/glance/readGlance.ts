import { misfit, object, type Shape, tagged, whole, word } from '../panel/shape.ts';
import { GLANCE_COMMANDS } from './commands.ts';
import type { FromGlance, GlanceCommand, GlancePlace } from './contract.ts';

const index = whole(0, 2 ** 31 - 1);

const place: Shape<GlancePlace> = object<GlancePlace>({ instance: index, from: index });

const message: Shape<FromGlance> = tagged<FromGlance, 'kind'>('kind', {
  ready: { at: place },
  turn: { at: place },
  run: { command: word<GlanceCommand>(GLANCE_COMMANDS) },
});

/** A message of the page as the contract has it; undefined where it is none. */
export function readGlance(value: unknown): FromGlance | undefined {
  const read = message(value);
  return read === misfit ? undefined : read;
}
