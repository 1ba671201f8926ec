import * as vscode from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import type { CallOptions } from '../engine/client.ts';
import type { DataSummary, ModelSummary } from '../engine/contract.ts';
import { Refusal } from '../refusal.ts';
import { howOf } from '../runs/selection.ts';
import { contentOf, documentOf, pathOf } from './content.ts';
import type { HostEngine } from './hostEngine.ts';
import type { Memory } from './memory.ts';
import { resolveModel } from './models/resolveModel.ts';
import { projectOf } from './projectOf.ts';
import { scriptRun } from './scriptRun.ts';
import { forModel, type Selection } from './selection.ts';
import type { SessionState } from './state.ts';

export interface Looking extends CallOptions {
  /** What the same file gave before; asked again where `stale`. */
  readonly data?: DataSummary;
  readonly model?: ModelSummary;
  /** Files may have changed since: ask again; an instance that is no longer there becomes the last one. */
  readonly stale: boolean;
  /** Another number runs a linked script again though nothing of it has changed. */
  readonly again: number;
  /** A map for every class as well. */
  readonly everyClass?: boolean;
  /** Told as soon as they are there: pickers and refusals need them even where no map comes out. */
  readonly saw: (seen: Partial<Pick<SessionState, 'data' | 'model' | 'runtime' | 'script'>>) => void;
}

export interface Seen {
  readonly selection: Selection;
  readonly explanation: Explanation;
  readonly textVersion?: number;
}

/** From a file and the picks to an explanation; the engine reads, computes and caches. @throws Refusal */
export async function look(
  engine: HostEngine,
  memory: Memory,
  file: vscode.Uri,
  picks: Selection,
  { data: knownData, model: knownModel, stale, saw, again, everyClass, ...options }: Looking,
): Promise<Seen> {
  const project = await projectOf(file);
  const config = { project: project?.path };
  const textVersion = documentOf(file)?.version;
  saw({ script: project?.script });
  const run = await scriptRun(project?.script, again);
  const source = { data: pathOf(file), content: await contentOf(file), mask: picks.mask, run, ...config };
  if (!vscode.workspace.isTrusted) {
    const data = await engine.call('data', source, options);
    saw({ data });
    throw new Refusal('untrusted', untrusted(data));
  }
  if (stale) {
    saw({ runtime: await engine.call('runtime', { prefer: engine.prefer }, options) });
  }
  const model =
    picks.model ??
    project?.model ??
    knownModel?.path ??
    (await resolveModel(engine, memory, file, await engine.call('data', source, options), {
      ...options,
      ...config,
    }));
  if (stale || knownModel?.path !== model) {
    saw({ model: await engine.call('model', { model, ...config }, options) });
  }
  const request = { ...source, model };
  const data = knownData && !stale ? knownData : await engine.call('data', request, options);
  saw({ data });
  const instance = stale ? Math.max(0, Math.min(picks.instance, data.instances.length - 1)) : picks.instance;
  const selection = { ...forModel(picks, model), instance };
  const explanation = await engine.call(
    'explain',
    { ...request, ...howOf(selection), instance, truncate: selection.truncate, everyClass },
    options,
  );
  return { selection, explanation, textVersion };
}

function untrusted({ instances, features }: DataSummary): string {
  const count =
    instances.length === 1 ? vscode.l10n.t('1 instance') : vscode.l10n.t('{0} instances', instances.length);
  return vscode.l10n.t(
    'The file holds {0} of {1} features; models are not loaded before you trust this workspace.',
    count,
    features.length,
  );
}
