import { basename } from 'node:path';
import { Refusal } from '../refusal.ts';

/** An engine that ended itself since it took more memory or time than it may. */
export function tookTooMuch(what: 'memory' | 'time', argument: object): Refusal {
  const { model: named, likely } = argument as { readonly model?: unknown; readonly likely?: unknown };
  const path = named ?? likely;
  const model = typeof path === 'string' ? basename(path) : 'model';
  return new Refusal(
    `engine-${what}`,
    what === 'memory'
      ? `Opening ${model} took more memory than any classifier of its size and was stopped; the file is broken or not what it seems.`
      : `Opening ${model} took more computing time than any classifier of its size and was stopped; the file is broken or not what it seems, else a larger attribution.timeout allows more.`,
  );
}
