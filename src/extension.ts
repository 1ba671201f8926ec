import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CommandContext } from './commands/context.ts';
import { greetSample } from './commands/greetSample.ts';
import { registerCommands } from './commands/register.ts';
import { HostEngine } from './session/hostEngine.ts';
import { Lab } from './session/lab.ts';
import { RememberedPicks } from './session/memory.ts';
import { Notebooks } from './session/notebook/notebooks.ts';
import { refusedBy } from './session/refusedBy.ts';
import { RunStore } from './session/runs/runStore.ts';
import { FolderShelf, MemoryShelf } from './session/runs/shelf.ts';
import { followSettings } from './session/settings.ts';
import { Log } from './session/surfaces/log.ts';
import { TimeSeriesFiles } from './session/timeSeriesFiles.ts';
import { Training } from './session/training.ts';
import { UnkeptModels } from './session/unkept.ts';
import { languageModelTools } from './views/agents/languageModelTools.ts';
import { mcpServers } from './views/agents/mcpServers.ts';
import { contextKeys } from './views/contextKeys.ts';
import { glanceEditors } from './views/glance/editors.ts';
import { inlineSwitch } from './views/inline/inlineSwitch.ts';
import { notebookLenses } from './views/lenses/notebookLenses.ts';
import { LookMemory } from './views/panel/lookMemory.ts';
import { PANEL_TYPE } from './views/panel/panel.ts';
import { PanelRestorer } from './views/panel/restore.ts';
import type { Place } from './views/place.ts';
import { Places } from './views/places.ts';
import { showStatus } from './views/statusBar.ts';
import { sayWhatWasLeft } from './views/whatWasLeft.ts';

/** What other extensions and tests can reach. */
export interface AttributionLens extends Omit<Place, 'dispose'> {
  /** All panels; the fields of a place are those of the first. */
  readonly places: Places;
  readonly engine: HostEngine;
  /** Where models are trained and repaired. */
  readonly lab: Lab;
  /** Networks trained on files. */
  readonly training: Training;
  /** Variables of notebooks that are looked at. */
  readonly notebooks: Notebooks;
  readonly timeSeriesFiles: TimeSeriesFiles;
  /** Where runs lie; undefined in a window without a folder. */
  readonly runsFolder?: string;
  /** Resolves when nothing runs and no change is waiting to settle. */
  whenIdle(): Promise<void>;
}

/** Called by VS Code. What it returns is for tests inside the extension host. */
export function activate(context: vscode.ExtensionContext): AttributionLens {
  const log = new Log();
  const engine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const memory = new RememberedPicks(context.workspaceState);
  // A child of its own: maps stay at hand while long work goes on.
  const workEngine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const labEngine = new HostEngine(context.extensionUri, context.globalStorageUri, log);
  const unkept = new UnkeptModels(
    context.workspaceState,
    context.storageUri && path.join(context.storageUri.fsPath, 'unkept'),
  );
  const lab = new Lab(labEngine, unkept, log);
  const training = new Training(lab, log);
  const store = runStore(folderOfRuns(context), log);
  const looks = new LookMemory(context.workspaceState);
  const extension = context.extensionUri;
  const shared = { extension, engine, workEngine, lab, training, memory, store, looks, log };
  const places = new Places(shared);
  const showing = (data: vscode.Uri) =>
    sessions().filter(({ state }) => state.file?.toString() === data.toString());
  const notebooks = new Notebooks(
    context.storageUri ?? context.globalStorageUri,
    (data) => showing(data).length > 0,
    (data, error) => {
      for (const session of showing(data)) session.refuse(refusedBy(error, true));
    },
  );
  const timeSeriesFiles = new TimeSeriesFiles();
  const commandsFor = (place: Place): CommandContext => ({
    ...place,
    ...{ engine, lab, training, notebooks, memory, log, extension },
    next: () => commandsFor(places.next()),
    extensionId: context.extension.id,
    storage: context.globalStorageUri,
    everywhere: context.globalState,
    workspaceStorage: context.storageUri,
  });
  const sessions = () => places.all.map(({ session }) => session);
  context.subscriptions.push(
    ...[log, engine, workEngine, labEngine, training, notebooks, places, timeSeriesFiles],
    notebookLenses(),
    registerCommands(() => commandsFor(places.front)),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, new PanelRestorer(places, memory)),
    contextKeys(places, training),
    followSettings(sessions, [engine, workEngine, labEngine]),
    places.whileFront(({ session }) => showStatus(session)),
    places.whileFront(({ session }) => inlineSwitch(session)),
    languageModelTools(workEngine, log),
    mcpServers(context.extensionUri),
    glanceEditors(context.extensionUri, engine, log),
  );
  void timeSeriesFiles.scan();
  void greetSample(context.globalState);
  void sayWhatWasLeft(unkept);
  return {
    ...places.first,
    ...{ places, engine, lab, training, notebooks, timeSeriesFiles, runsFolder: folderOfRuns(context) },
    whenIdle: async () => {
      await notebooks.idle;
      for (const { watch, scriptWatch, session, runs } of places.all) {
        await watch.idle;
        await scriptWatch.idle;
        await session.whenIdle();
        await runs.idle;
      }
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
