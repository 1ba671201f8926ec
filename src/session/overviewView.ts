import type { WorkActivity } from './workActivity.ts';

/** How it stands with the dataset view; the overview itself goes apart, as it is large and seldom changes. */
export interface OverviewView {
  /** An overview of the file being looked at has been made. */
  readonly made: boolean;
  /** Model, mask, data or picks have changed since it was made. */
  readonly outdated: boolean;
  readonly activity: WorkActivity;
  /** How many the file holds. */
  readonly instances: number;
}
