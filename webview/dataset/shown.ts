import {
  type Alignment,
  alignments,
  type Group,
  type Overview,
  type Scale,
  scales,
} from '../../src/overview/overview.ts';

/** What of an overview is in front. */
export interface Shown {
  readonly by: Group['by'];
  readonly name: string;
  readonly alignment: Alignment;
  readonly scale: Scale;
}

/** Before anything is chosen. */
export const first: Shown = { by: 'all', name: 'all instances', alignment: 'start', scale: 'normalised' };

/** From what outlived the page; what makes no sense is as at first. */
export function shownFrom({ by, name, alignment, scale }: Readonly<Record<string, unknown>>): Shown {
  return {
    by: (['all', 'label', 'predicted'] as const).find((each) => each === by) ?? first.by,
    name: typeof name === 'string' ? name : first.name,
    alignment: alignments.find((each) => each === alignment) ?? first.alignment,
    scale: scales.find((each) => each === scale) ?? first.scale,
  };
}

/** The group that was chosen, where there still is one of that name, else the one over all. */
export function groupOf({ groups }: Overview, { by, name }: Shown): Group {
  return groups.find((group) => group.by === by && group.name === name) ?? groups[0]!;
}
