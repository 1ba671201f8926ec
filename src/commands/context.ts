import type * as vscode from 'vscode';
import type { HostEngine } from '../session/hostEngine.ts';
import type { Lab } from '../session/lab.ts';
import type { RememberedPicks } from '../session/memory.ts';
import type { Notebooks } from '../session/notebook/notebooks.ts';
import type { Log } from '../session/surfaces/log.ts';
import type { Training } from '../session/training.ts';
import type { Place } from '../views/place.ts';

/** What commands work on: the panel in front and what it shows, and what all panels share. */
export interface CommandContext extends Omit<Place, 'dispose'> {
  /** The same for the panel that the next file is to be shown in, which comes to the front. */
  next(): CommandContext;
  readonly engine: HostEngine;
  /** Where models are trained and repaired. */
  readonly lab: Lab;
  readonly training: Training;
  readonly notebooks: Notebooks;
  readonly memory: RememberedPicks;
  readonly log: Log;
  readonly extensionId: string;
  /** Root of the installed extension. */
  readonly extension: vscode.Uri;
  /** Where the sample is copied to when no folder is chosen. */
  readonly storage: vscode.Uri;
  /** What is remembered for every window. */
  readonly everywhere: vscode.Memento;
  /** The extension's own folder for this workspace; undefined in a window without a folder. */
  readonly workspaceStorage: vscode.Uri | undefined;
}
