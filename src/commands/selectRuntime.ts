import * as vscode from 'vscode';
import type { RuntimePreference } from '../engine/contract.ts';
import { askOne } from '../session/askOne.ts';

/** Sets `attribution.runtime` for this workspace; the session takes it up by itself. */
export async function selectRuntime(wanted?: RuntimePreference): Promise<void> {
  const settings = vscode.workspace.getConfiguration('attribution');
  const runtime = wanted ?? (await ask(settings.get<RuntimePreference>('runtime', 'auto')));
  if (runtime) {
    await settings.update('runtime', runtime, target());
  }
}

async function ask(current: RuntimePreference): Promise<RuntimePreference | undefined> {
  const t = vscode.l10n.t;
  const items: (vscode.QuickPickItem & { readonly id: RuntimePreference })[] = [
    {
      id: 'auto',
      label: t('Automatic'),
      description: t('the native runtime where it loads, else WebAssembly'),
    },
    { id: 'onnxruntime-node', label: 'onnxruntime-node', description: t('native, fast') },
    { id: 'onnxruntime-web', label: 'onnxruntime-web', description: t('WebAssembly, runs everywhere') },
    { id: 'tfjs-node', label: 'tfjs-node', description: t('native TensorFlow, where it is installed') },
    { id: 'tfjs-wasm', label: 'tfjs-wasm', description: t('TensorFlow.js, runs everywhere') },
  ];
  const active = items.find(({ id }) => id === current);
  return (await askOne(items, { title: t('Select Runtime'), active }))?.id;
}

function target(): vscode.ConfigurationTarget {
  return vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
}
