import type { Uri } from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import type { ProjectSummary } from '../engine/contract.ts';
import type { Selection } from './selection.ts';

/** An explanation that came out, and what it was of. */
export interface Finished {
  readonly file: Uri;
  /** Absolute path of the model. */
  readonly model: string;
  readonly selection: Selection;
  readonly explanation: Explanation;
  /** The attribution.json that applied. */
  readonly project?: ProjectSummary;
}
