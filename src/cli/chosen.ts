import type { DataSummary } from '../engine/contract.ts';
import { Refusal } from '../refusal.ts';

/**
 * Positions of the instances asked for: an id goes before a position, as ids are what people see in their file.
 * @throws Refusal `no-such-case`
 */
export function chosen({ instances }: DataSummary, wanted: string | undefined): number[] {
  if (wanted === 'all') {
    return instances.map(({ index }) => index);
  }
  const found =
    wanted === undefined
      ? instances[0]
      : (instances.find(({ id }) => id === wanted) ??
        (/^\d+$/.test(wanted) ? instances[Number(wanted)] : undefined));
  if (!found) {
    const last = instances.length - 1;
    throw new Refusal(
      'no-such-case',
      `There is no case ${JSON.stringify(wanted)}: the file has ${instances.length}, from ${instances[0]?.id} to ${instances[last]?.id}, or by position 0 to ${last}.`,
    );
  }
  return [found.index];
}
