import type { Alignment, Group, Overview, Scale } from '../../src/overview/overview.ts';

/** What of an overview is in front. */
export interface Shown {
  readonly by: Group['by'];
  readonly name: string;
  readonly alignment: Alignment;
  readonly scale: Scale;
}

export const first: Shown = { by: 'all', name: 'all instances', alignment: 'start', scale: 'normalised' };

/** The group that was chosen, where there still is one of that name, else the one over all. */
export function groupOf({ groups }: Overview, { by, name }: Shown): Group {
  return groups.find((group) => group.by === by && group.name === name) ?? groups[0]!;
}
