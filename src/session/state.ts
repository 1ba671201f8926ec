import type { Uri } from 'vscode';
import type * as core from './core/state.ts';

/** Everything the views draw from; a new object after every change. */
export type SessionState = core.SessionState<Uri>;
/** An explanation that came out, and what it was of. */
export type Finished = core.Finished<Uri>;
export type { Refused } from './core/state.ts';
