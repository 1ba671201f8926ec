import { patchSettings } from '../../../data/reading/patchSettings.ts';
import type { ProjectPatch } from '../../../data/reading/readingPlan.ts';
import type { ListItem } from '../../surfaces/pickList.ts';

/** A row of a list of changes: complete as it stands, one that leads to another list, or one that asks for text. */
export interface Change extends ListItem {
  readonly patch?: ProjectPatch;
  readonly list?: () => Promise<ChangeList> | ChangeList;
  /** undefined: left. */
  readonly ask?: () => Promise<ProjectPatch | undefined>;
}

/** Changes to choose from. */
export interface ChangeList {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly Change[];
  /** The row that is previewed before anybody moves. */
  readonly active?: Change | undefined;
}

export type { ProjectPatch };
export { patchSettings };
