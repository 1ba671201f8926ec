import type { ReadyStep } from './step.ts';

/** Steps of the shortest and of the longest series of those that are stretched to one length. */
export type Stretched = readonly [least: number, most: number];

/** @returns undefined where nothing is stretched, or all have one length as they stand in the file */
export function stretchedFrom(
  steps: readonly ReadyStep[],
  instances: readonly { readonly length: number }[],
): Stretched | undefined {
  if (!steps.some(({ kind }) => kind === 'resample')) return undefined;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { length } of instances) {
    least = Math.min(least, length);
    most = Math.max(most, length);
  }
  return least < most ? [least, most] : undefined;
}

/** What no look at padding can see of them. */
export function speedSaid([least, most]: Stretched): string {
  return `series of ${least} to ${most} steps are stretched to one length, and their speed may still tell the model how long they were, which only series whose length says nothing about their class can show`;
}
