import type { Uri } from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import type { DataSummary, ModelSummary, ProjectSummary, RuntimeSummary } from '../engine/contract.ts';
import type { SourcePlace } from '../refusal.ts';
import { FRESH, type Selection } from './selection.ts';

/** Everything the views draw from; a new object after every change. */
export interface SessionState {
  /** The data file; absent until one is opened. */
  readonly file?: Uri;
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

type Activity = Idle | Busy | Refused;

interface Idle {
  readonly kind: 'idle';
}

export interface Busy {
  readonly kind: 'busy';
  readonly what: string;
  /** 0..1 where it is known. */
  readonly share?: number;
}

/** The last run ended with a sentence. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly sentence: string;
  /** Nobody asked for this run (a preview, a change on disk): say it in the panel only. */
  readonly quiet: boolean;
  /** The line of a script that is at fault. */
  readonly place?: SourcePlace;
}

export const NOTHING: SessionState = { selection: FRESH, activity: { kind: 'idle' } };
