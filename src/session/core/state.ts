import type { Explanation } from '../../attribution/explanation.ts';
import type { Doubt } from '../../data/reading/readingPlan.ts';
import type { DataSummary, ModelSummary, RuntimeSummary } from '../../engine/contract.ts';
import type { ProjectSummary } from '../../engine/projectSummary.ts';
import type { SourcePlace } from '../../refusal.ts';
import { FRESH, type Selection } from './selection.ts';

/** Everything the views draw from; a new object after every change. `File` is what the editor calls a file by. */
export interface SessionState<File> {
  /** The data file; absent until one is opened. */
  readonly file?: File;
  /** What was picked; while a list is being arrowed through, `explanation` may show something else. */
  readonly selection: Selection;
  readonly data?: DataSummary;
  readonly model?: ModelSummary;
  readonly runtime?: RuntimeSummary;
  /** The last picture; it stays through errors until another file is opened. */
  readonly explanation?: Explanation;
  /** Version of the editor's text the picture was made from; absent where no editor had the file open. */
  readonly textVersion?: number;
  /** The attribution.json that applies; absent where none does, or none has been looked for yet. */
  readonly project?: ProjectSummary;
  readonly activity: Activity;
}

/** What the session is doing. */
export type Activity = Idle | Busy | Refused;

/** Nothing is on its way. */
export interface Idle {
  readonly kind: 'idle';
}

/** A run is on its way. */
export interface Busy {
  readonly kind: 'busy';
  readonly what: string;
  /** 0..1 where it is known. */
  readonly share?: number;
}

/** The last run was refused. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly sentence: string;
  /** Nobody asked for this run (a preview, a change on disk): say it in the panel only. */
  readonly quiet: boolean;
  /** The line of a script that is at fault. */
  readonly place?: SourcePlace;
  /** More than one reading of the file fits. */
  readonly doubt?: Doubt;
}

/** An explanation that came out, and what it was of. */
export interface Finished<File> {
  readonly file: File;
  /** Absolute path of the model. */
  readonly model: string;
  readonly selection: Selection;
  readonly explanation: Explanation;
  /** The attribution.json that applied. */
  readonly project?: ProjectSummary;
  /** Nobody asked for it: a file may have changed. */
  readonly quiet: boolean;
}

/** No file is open. */
export const NOTHING: SessionState<never> = { selection: FRESH, activity: { kind: 'idle' } };
