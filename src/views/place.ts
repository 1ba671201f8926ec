import * as vscode from 'vscode';
import { type FileWorks, fileWorks } from '../session/fileWorks.ts';
import type { HostEngine } from '../session/hostEngine.ts';
import type { Lab } from '../session/lab.ts';
import type { RememberedPicks } from '../session/memory.ts';
import { FileReading } from '../session/reading/fileReading.ts';
import type { RunStore } from '../session/runs/runStore.ts';
import { Runs } from '../session/runs/runs.ts';
import { Session } from '../session/session.ts';
import type { Log } from '../session/surfaces/log.ts';
import type { Training } from '../session/training.ts';
import { FileWatch } from '../session/watchFiles.ts';
import { ScriptWatch } from '../session/watchScript.ts';
import { markCursor } from './cursorMark.ts';
import { markErrors } from './errorMarks.ts';
import { Inline } from './inline/inline.ts';
import { ScriptLenses } from './lenses/scriptLenses.ts';
import type { LookMemory } from './panel/lookMemory.ts';
import { Panel } from './panel/panel.ts';
import { sayRefusals } from './refusals.ts';
import { followInstance } from './selection/followInstance.ts';
import { sayLeftRepair } from './whatWasLeft.ts';

/** What all panels share. */
export interface AllPanels {
  readonly extension: vscode.Uri;
  readonly engine: HostEngine;
  /** A child of its own: maps stay at hand while long work goes on. */
  readonly workEngine: HostEngine;
  readonly lab: Lab;
  readonly training: Training;
  readonly memory: RememberedPicks;
  readonly store: RunStore;
  readonly looks: LookMemory;
  readonly log: Log;
}

/** A panel, the file it shows, and all that follows it. */
export interface Place extends vscode.Disposable {
  readonly session: Session;
  readonly works: FileWorks;
  readonly runs: Runs;
  readonly reading: FileReading;
  readonly watch: FileWatch;
  readonly scriptWatch: ScriptWatch;
  readonly panel: Panel;
  readonly inline: Inline;
  readonly lenses: ScriptLenses;
}

/**
 * @param name by which its picks are found again
 * @param isFront whether it is the one that a person is at: of two that show the same file, only that one marks its rows
 */
export function makePlace(shared: AllPanels, name: string, isFront: () => boolean): Place {
  const { extension, engine, workEngine, lab, training, memory, store, looks, log } = shared;
  const session = new Session(engine, memory.of(name), log);
  const works = fileWorks(workEngine, lab, session, log);
  const runs = new Runs(store, session, log);
  const reading = new FileReading(engine, session, log);
  const watch = new FileWatch(session);
  const scriptWatch = new ScriptWatch(session);
  const panel = new Panel(extension, session, works, training, runs, reading, looks, log);
  const inline = new Inline(session);
  const lenses = new ScriptLenses(session, works.audit, isFront);
  const all = vscode.Disposable.from(
    ...Object.values(works),
    ...[runs, reading, session, watch, scriptWatch, panel, inline, lenses],
    ...[markErrors(session), markCursor(session, panel), followInstance(session)],
    sayRefusals(session, panel, log),
    works.repair.onDidLeave(sayLeftRepair),
  );
  return {
    ...{ session, works, runs, reading, watch, scriptWatch, panel, inline, lenses },
    dispose: () => all.dispose(),
  };
}
