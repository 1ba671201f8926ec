import * as vscode from 'vscode';
import type { LayerSummary } from '../graph/layerSummary.ts';
import { askOne } from '../session/askOne.ts';
import type { CommandContext } from './context.ts';
import { openedModel } from './opened.ts';
import { previewing } from './previewing.ts';

/** @param name a layer's shown name or any tensor of the model's graph; without it a list is shown. */
export async function pickLayer(context: CommandContext, name?: string): Promise<void> {
  const { session } = context;
  const model = await openedModel(context);
  if (!model) {
    return;
  }
  if (name !== undefined) {
    return session.choose({ layer: name });
  }
  const items = model.layers.map((layer) => ({ ...row(layer), changes: { layer: layer.name } }));
  const current = session.state.explanation?.layer.name;
  await previewing(session, (preview) =>
    askOne(items, {
      title: vscode.l10n.t('Pick Layer'),
      placeholder: vscode.l10n.t('Arrow through the layers to see their maps'),
      active: items.find((item) => item.changes.layer === current),
      preview,
    }),
  );
}

function row({ name, kind, shape, marks, receptiveField }: LayerSummary): vscode.QuickPickItem {
  const reads =
    receptiveField.size === null
      ? vscode.l10n.t('every position reads everything')
      : vscode.l10n.t('receptive field {0}', receptiveField.size);
  const stride =
    receptiveField.jump === 1 ? [] : [vscode.l10n.t('one position every {0} steps', receptiveField.jump)];
  return {
    label: name,
    description: [kind, `[${shape.join(' × ')}]`].join(' · '),
    detail: [reads, ...stride, ...marks].join(' · '),
  };
}
