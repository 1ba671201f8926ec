import * as vscode from 'vscode';
import type { RuntimePreference } from '../engine/requests.ts';
import type { RuntimeId } from '../graph/runtime.ts';
import { type RuntimeState, timeRuntimes } from '../session/runtimeTimings.ts';
import { type ListItem, pickList, shown } from '../session/surfaces/pickList.ts';
import type { CommandContext } from './context.ts';

type Item = ListItem & { readonly id: RuntimePreference };

/** Sets `attribution.runtime` for this workspace; the session takes it up by itself. */
export async function selectRuntime(context: CommandContext, wanted?: RuntimePreference): Promise<void> {
  const settings = vscode.workspace.getConfiguration('attribution');
  const runtime = wanted ?? (await ask(context, settings.get<RuntimePreference>('runtime', 'auto')));
  if (runtime) {
    await settings.update('runtime', runtime, target());
  }
}

/** The list opens at once; what each runtime takes for the loaded model is measured meanwhile and filled in. */
function ask(context: CommandContext, current: RuntimePreference): Promise<RuntimePreference | undefined> {
  const t = vscode.l10n.t;
  const { explanation } = context.session.state;
  const title = explanation
    ? t('Select Runtime: one instance through the model, and Grad-CAM at {0}', explanation.layer.name)
    : t('Select Runtime');
  const list = pickList<Item>({ title });
  const known = new Map<RuntimeId, RuntimeState>();
  const show = () => {
    const active = list.activeItems[0]?.of.id ?? current;
    list.items = items(known).map(shown);
    list.activeItems = list.items.filter(({ of }) => of.id === active);
  };
  show();
  list.busy = true;
  const abort = new AbortController();
  void timeRuntimes(
    context,
    context.session,
    (runtime) => {
      known.set(runtime.id, runtime);
      show();
    },
    abort.signal,
  ).finally(() => {
    if (!abort.signal.aborted) list.busy = false;
  });
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve((list.selectedItems[0] ?? list.activeItems[0])?.of.id);
      list.hide();
    });
    list.onDidTriggerItemButton(() => {
      list.hide();
      void vscode.commands.executeCommand('attribution.installTfjsNode');
    });
    list.onDidHide(() => {
      resolve(undefined);
      abort.abort();
      list.dispose();
    });
    list.show();
  });
}

function items(known: ReadonlyMap<RuntimeId, RuntimeState>): Item[] {
  const t = vscode.l10n.t;
  const words: Readonly<Record<RuntimeId, string>> = {
    'onnxruntime-node': t('native, fast'),
    'onnxruntime-web': t('WebAssembly, runs everywhere'),
    'tfjs-node': t('native TensorFlow, where it is installed'),
    'tfjs-wasm': t('TensorFlow.js with WebAssembly, runs everywhere'),
  };
  return [
    {
      id: 'auto',
      label: t('Automatic'),
      description: t('onnxruntime-node where it loads, else onnxruntime-web'),
    },
    ...Object.entries(words).map(([name, what]): Item => {
      const id = name as RuntimeId;
      const state = known.get(id);
      const buttons = id === 'tfjs-node' && state?.fault ? [installButton()] : [];
      const detailIcon = state?.fault === undefined ? undefined : 'warning';
      return { id, label: id, description: what, detail: said(state), detailIcon, buttons };
    }),
  ];
}

function installButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('cloud-download'),
    tooltip: vscode.l10n.t('Install tfjs-node Runtime'),
  };
}

function said(runtime: RuntimeState | undefined): string {
  const t = vscode.l10n.t;
  if (!runtime) return t('measuring …');
  const { version = '', timing, fault } = runtime;
  if (fault) return fault;
  if (!timing) return t('{0} loads', version);
  const forward = milliseconds(timing.forwardMs);
  return timing.mapMs === undefined
    ? t('{0} · model {1} ms · no gradient leads to this layer', version, forward)
    : t('{0} · model {1} ms · Grad-CAM {2} ms', version, forward, milliseconds(timing.mapMs));
}

function milliseconds(value: number): string {
  return value < 100 ? value.toPrecision(2) : `${Math.round(value)}`;
}

function target(): vscode.ConfigurationTarget {
  return vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
}
