import type { Standing } from '../../repair/standing.ts';

const FIGURES = ['layout', 'look', 'lengthEvidence'] as const;
const NAMES = { layout: 'layout', look: 'look', lengthEvidence: 'length evidence' } as const;

/** Why the table has dashes: one line for every figure and reason, with all whose figure it is. */
export function unavailableFigures(
  all: readonly (Pick<Standing, (typeof FIGURES)[number]> & { readonly name: string })[],
): string[] {
  return FIGURES.flatMap((of) => {
    const whose = new Map<string, string[]>();
    for (const { name, [of]: one } of all) {
      if ('unavailable' in one) whose.set(one.unavailable, [...(whose.get(one.unavailable) ?? []), name]);
    }
    return [...whose].map(([reason, names]) => `–: ${NAMES[of]} of ${names.join(', ')}. ${reason}`);
  });
}
