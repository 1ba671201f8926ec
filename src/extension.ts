import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CommandContext } from './commands/context.ts';
import { greetSample } from './commands/greetSample.ts';
import { registerCommands } from './commands/register.ts';
import { type FileWorks, fileWorks } from './session/fileWorks.ts';
import { HostEngine } from './session/hostEngine.ts';
import { Lab } from './session/lab.ts';
import { RememberedPicks } from './session/memory.ts';
import { FileReading } from './session/reading/fileReading.ts';
import { RunStore } from './session/runs/runStore.ts';
import { Runs } from './session/runs/runs.ts';
import { FolderShelf, MemoryShelf } from './session/runs/shelf.ts';
import { Session } from './session/session.ts';
import { followSettings } from './session/settings.ts';
import { Log } from './session/surfaces/log.ts';
import { TimeSeriesFiles } from './session/timeSeriesFiles.ts';
import { Training } from './session/training.ts';
import { FileWatch } from './session/watchFiles.ts';
import { ScriptWatch } from './session/watchScript.ts';
import { languageModelTools } from './views/agents/languageModelTools.ts';
import { mcpServers } from './views/agents/mcpServers.ts';
import { contextKeys } from './views/contextKeys.ts';
import { markCursor } from './views/cursorMark.ts';
import { markErrors } from './views/errorMarks.ts';
import { Inline } from './views/inline/inline.ts';
import { inlineSwitch } from './views/inline/inlineSwitch.ts';
import { ScriptLenses } from './views/lenses/scriptLenses.ts';
import { LookMemory } from './views/panel/lookMemory.ts';
import { PANEL_TYPE, Panel } from './views/panel/panel.ts';
import { PanelRestorer } from './views/panel/restore.ts';
import { sayRefusals } from './views/refusals.ts';
import { followInstance } from './views/selection/followInstance.ts';
import { showStatus } from './views/statusBar.ts';

/** What other extensions and tests can reach. */
export interface AttributionLens {
  readonly session: Session;
  readonly engine: HostEngine;
  /** Long work about the file being looked at: audit, repair, evaluation, dataset view. */
  readonly works: FileWorks;
  /** Where models are trained and repaired. */
  readonly lab: Lab;
  /** Networks trained on files. */
  readonly training: Training;
  /** What was explained before. */
  readonly runs: Runs;
  /** How the file being looked at is read. */
  readonly reading: FileReading;
  /** Where runs lie; undefined in a window without a folder. */
  readonly runsFolder?: string;
  /** What the editors of the data file show. */
  readonly inline: Inline;
  /** What stands above the lines of a linked script. */
  readonly lenses: ScriptLenses;
  /** Resolves when nothing runs and no change is waiting to settle. */
  whenIdle(): Promise<void>;
}

/** Called by VS Code. What it returns is for tests inside the extension host. */
export function activate(context: vscode.ExtensionContext): AttributionLens {
  const log = new Log();
  const engine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const memory = new RememberedPicks(context.workspaceState);
  const session = new Session(engine, memory, log);
  // A child of its own: maps stay at hand while long work goes on.
  const workEngine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const labEngine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const lab = new Lab(labEngine);
  const works = fileWorks(workEngine, lab, session, log);
  const training = new Training(lab, log);
  const runs = new Runs(runStore(folderOfRuns(context), log), session, log);
  const reading = new FileReading(engine, session, log);
  const watch = new FileWatch(session);
  const scriptWatch = new ScriptWatch(session);
  const lenses = new ScriptLenses(session, works.audit);
  const panel = new Panel(
    context.extensionUri,
    session,
    works,
    training,
    runs,
    reading,
    new LookMemory(context.workspaceState),
    log,
  );
  const inline = new Inline(session);
  const timeSeriesFiles = new TimeSeriesFiles();
  const commands: CommandContext = {
    ...{ session, works, runs, reading, panel, engine, lab, training, memory, log },
    extensionId: context.extension.id,
    extension: context.extensionUri,
    storage: context.globalStorageUri,
    everywhere: context.globalState,
    workspaceStorage: context.storageUri,
  };
  context.subscriptions.push(
    ...[
      log,
      engine,
      workEngine,
      labEngine,
      ...Object.values(works),
      training,
      runs,
      reading,
      session,
      watch,
      panel,
      inline,
      timeSeriesFiles,
    ],
    ...[scriptWatch, lenses, markErrors(session)],
    registerCommands(commands),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, new PanelRestorer(panel, session, memory)),
    contextKeys(session, works, training, watch),
    followSettings(session, [engine, workEngine, labEngine]),
    markCursor(session, panel),
    followInstance(session),
    sayRefusals(session, panel, log),
    showStatus(session),
    inlineSwitch(session),
    languageModelTools(workEngine, log),
    mcpServers(context.extensionUri),
  );
  void timeSeriesFiles.scan();
  void greetSample(context.globalState);
  return {
    session,
    engine,
    works,
    lab,
    training,
    runs,
    reading,
    runsFolder: folderOfRuns(context),
    inline,
    lenses,
    whenIdle: async () => {
      await watch.idle;
      await scriptWatch.idle;
      await session.whenIdle();
      await runs.idle;
    },
  };
}

/** A window without a folder has no storage of its own: its runs go with it. */
function runStore(folder: string | undefined, log: Log): RunStore {
  return new RunStore(folder ? new FolderShelf(folder) : new MemoryShelf(), (line) => log.warn(line));
}

function folderOfRuns({ storageUri }: vscode.ExtensionContext): string | undefined {
  return storageUri && path.join(storageUri.fsPath, 'runs');
}
