import * as vscode from 'vscode';
import type { RuntimeTiming } from '../engine/contract.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import { RUNTIME_IDS, type RuntimeId } from '../graph/runtime.ts';
import { HostEngine } from './hostEngine.ts';
import type { Session } from './session.ts';
import type { Log } from './surfaces/log.ts';

/** What is known of a runtime here; `timing` is of the loaded model and layer. */
export interface RuntimeState {
  readonly id: RuntimeId;
  readonly version?: string;
  readonly timing?: Pick<RuntimeTiming, 'forwardMs' | 'mapMs'>;
  /** Why it does not load, or does not run this model. */
  readonly fault?: string;
}

/**
 * Tries every runtime, one after the other, with the model that is loaded. In a child of its own, so that pictures are
 * still answered and a library that crashes ends nothing else.
 * @param found is told of each as soon as it is known
 */
export async function timeRuntimes(
  { extension, storage, log }: { extension: vscode.Uri; storage: vscode.Uri; log: Log },
  { state }: Session,
  found: (runtime: RuntimeState) => void,
  signal: AbortSignal,
): Promise<void> {
  const engine = new HostEngine(extension, storage, log);
  const stop = () => engine.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const id of RUNTIME_IDS) {
      if (signal.aborted) return;
      const known = await tryOne(engine, id, state.model?.path, state.explanation?.layer.name);
      if (!signal.aborted) found(known);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    engine.dispose();
  }
}

async function tryOne(
  { client }: HostEngine,
  id: RuntimeId,
  model: string | undefined,
  layer: string | undefined,
): Promise<RuntimeState> {
  const prefer: RuntimePreference = id;
  try {
    const summary = await client.call('runtime', { prefer });
    if (summary.id !== id) {
      return { id, fault: vscode.l10n.t('does not load here: {0}', summary.reason ?? '') };
    }
    if (model === undefined) return { id, version: summary.version };
    const { forwardMs, mapMs } = await client.call('timing', { model, layer, prefer });
    return { id, version: summary.version, timing: { forwardMs, mapMs } };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}
