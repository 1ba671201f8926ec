import type { Uri } from 'vscode';
import type * as core from './core/state.ts';

export type SessionState = core.SessionState<Uri>;
export type Finished = core.Finished<Uri>;
export type { Refused } from './core/state.ts';
