import { setImmediate as breathe } from 'node:timers/promises';
import type { InstanceSummary } from '../engine/contract.ts';

/** Rows that a list is given; more take the editor long to take over. */
const MOST = 500;
/** Looked at in one go. */
const AT_ONCE = 10_000;

/** Where a file has more instances than a list is given, what is typed finds them. */
export function areTooMany(instances: readonly InstanceSummary[]): boolean {
  return instances.length > MOST;
}

/** Those to show before anything is typed: all, or the neighbours of one. */
export function around(instances: readonly InstanceSummary[], position: number): readonly InstanceSummary[] {
  const last = Math.max(0, instances.length - MOST);
  const first = Math.min(last, Math.max(0, position - MOST / 2));
  return instances.slice(first, first + MOST);
}

/**
 * The first instances whose id or label has the words typed, whatever their case; before them the one of that number
 * (counted from 1).
 * @throws the signal's reason
 */
export async function findInstances(
  instances: readonly InstanceSummary[],
  typed: string,
  signal: AbortSignal,
): Promise<readonly InstanceSummary[]> {
  const text = typed.trim().toLowerCase();
  const numbered = /^\d+$/.test(text) ? instances[Number(text) - 1] : undefined;
  const found = numbered ? [numbered] : [];
  for (const [at, one] of instances.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) {
      await breathe();
      signal.throwIfAborted();
    }
    if (found.length === MOST) break;
    const { id, label = '' } = one;
    if (one !== numbered && (id.toLowerCase().includes(text) || label.toLowerCase().includes(text)))
      found.push(one);
  }
  return found;
}
