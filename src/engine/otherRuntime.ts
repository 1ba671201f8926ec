import type { Finding } from '../finding.ts';
import type { RuntimePreference } from './requests.ts';

/**
 * That another runtime runs than the one asked for. Said only where somebody chose: `auto` takes what there is.
 * @param note why, where it is so
 */
export function otherRuntime(prefer: RuntimePreference = 'auto', note?: string): Finding[] {
  return prefer === 'auto' || note === undefined
    ? []
    : [{ code: 'runtime-fallback', severity: 'warning', sentence: note }];
}
