import type * as vscode from 'vscode';
import type { FileWorks } from '../session/fileWorks.ts';
import type { HostEngine } from '../session/hostEngine.ts';
import type { Lab } from '../session/lab.ts';
import type { RememberedPicks } from '../session/memory.ts';
import type { FileReading } from '../session/reading/fileReading.ts';
import type { Runs } from '../session/runs/runs.ts';
import type { Session } from '../session/session.ts';
import type { Log } from '../session/surfaces/log.ts';
import type { Training } from '../session/training.ts';
import type { Panel } from '../views/panel/panel.ts';

/** What commands work on. */
export interface CommandContext {
  readonly session: Session;
  readonly works: FileWorks;
  readonly runs: Runs;
  readonly reading: FileReading;
  readonly panel: Panel;
  readonly engine: HostEngine;
  /** Where models are trained and repaired. */
  readonly lab: Lab;
  readonly training: Training;
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
