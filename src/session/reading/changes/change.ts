import { patchSettings } from '../../../data/reading/patchSettings.ts';
import type { ProjectPatch } from '../../../data/reading/readingPlan.ts';
import type { ListItem } from '../../surfaces/pickList.ts';

/** A row of the list of changes: complete as it stands, or one that asks for more. */
export interface Change extends ListItem {
  readonly patch?: ProjectPatch;
  /** undefined: left. */
  readonly ask?: () => Promise<ProjectPatch | undefined>;
}

export type { ProjectPatch };
export { patchSettings };
