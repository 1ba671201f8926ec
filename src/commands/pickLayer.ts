import * as vscode from 'vscode';
import type { LayerSummary } from '../graph/layerSummary.ts';
import { askOne } from '../session/askOne.ts';
import { layerChoice, layersFor } from '../session/layerChoice.ts';
import type { CommandContext } from './context.ts';
import { zoneCounts } from './layerZones.ts';
import { openedModel } from './opened.ts';
import { previewing } from './previewing.ts';

/** @param name a layer's shown name or any tensor of the model's graph; without it a list is shown. */
export async function pickLayer(context: CommandContext, name?: string): Promise<void> {
  const { session } = context;
  const model = await openedModel(context);
  if (!model) {
    return;
  }
  const { state } = session;
  if (name !== undefined) {
    return session.choose(layerChoice(state, name));
  }
  const mask = state.explanation?.padding.mask;
  const { layers, reason } = layersFor(state);
  const items = layers.map((layer) => ({ ...row(layer, mask), changes: layerChoice(state, layer.name) }));
  const current = state.explanation?.layer.name;
  await previewing(session, (preview) =>
    askOne(items, {
      title: vscode.l10n.t('Pick Layer'),
      placeholder: reason ?? vscode.l10n.t('Arrow through the layers to see their maps'),
      active: items.find((item) => item.changes.layer === current),
      preview,
    }),
  );
}

/** @param mask [T] 1 on real steps of the instance in sight */
function row(layer: LayerSummary, mask: Uint8Array | undefined): vscode.QuickPickItem {
  const { name, kind, shape, marks, receptiveField } = layer;
  const reads =
    receptiveField.size === null
      ? vscode.l10n.t('every position reads everything')
      : vscode.l10n.t('receptive field {0}', receptiveField.size);
  const stride =
    Math.abs(receptiveField.jump) === 1
      ? []
      : [vscode.l10n.t('one position every {0} steps', Math.abs(receptiveField.jump))];
  return {
    label: name,
    description: [kind, `[${shape.join(' × ')}]`].join(' · '),
    detail: [
      reads,
      ...stride,
      ...(mask ? [zones(layer, mask)] : []),
      ...marks.map((mark) => vscode.l10n.t(mark)),
    ].join(' · '),
  };
}

function zones(layer: LayerSummary, mask: Uint8Array): string {
  const { REAL, MIXED, EMPTY } = zoneCounts(layer, mask);
  return vscode.l10n.t('{0} real, {1} mixed, {2} empty', REAL, MIXED, EMPTY);
}
