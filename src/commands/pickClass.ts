import * as vscode from 'vscode';
import { askOne } from '../session/askOne.ts';
import type { CommandContext } from './context.ts';
import { openedModel } from './opened.ts';
import { pickAgainst } from './pickAgainst.ts';
import { previewing } from './previewing.ts';

/**
 * @param wanted a class's name or index, null or `predicted` to follow the prediction; without it a list is shown.
 * @param against what pickAgainst takes, to set both at once
 */
export async function pickClass(
  context: CommandContext,
  wanted?: string | number | null,
  against?: string | number | null,
): Promise<void> {
  const { session } = context;
  const model = await openedModel(context);
  if (!model) {
    return;
  }
  if (wanted !== undefined) {
    await session.choose({ target: wanted === 'predicted' ? undefined : (wanted ?? undefined) });
    return against === undefined ? undefined : pickAgainst(context, against);
  }
  const prediction = session.state.explanation?.prediction;
  const percent = (index: number) => `p ${prediction?.probabilities[index]?.toFixed(3) ?? '?'}`;
  const predicted = prediction?.predicted;
  const follow = {
    label: vscode.l10n.t('Follow the prediction'),
    description: predicted === undefined ? '' : `${model.classes[predicted]} · ${percent(predicted)}`,
    changes: { target: undefined },
  };
  const classes = model.classes.map((name, index) => ({
    label: name,
    description: index === predicted ? `${percent(index)} · ${vscode.l10n.t('predicted')}` : percent(index),
    changes: { target: index },
  }));
  const { target } = session.state.selection;
  const contrast = {
    icon: 'diff',
    label: vscode.l10n.t('Set against another class…'),
    description: vscode.l10n.t('e.g. walk − run, or what speaks against a class'),
    changes: {},
  };
  const picked = await previewing(session, (preview) =>
    askOne([follow, ...classes, contrast], {
      title: vscode.l10n.t('Pick Class'),
      placeholder: vscode.l10n.t('Whose logit is to be explained?'),
      active: classes.find(({ label, changes }) => changes.target === target || label === target) ?? follow,
      preview,
    }),
  );
  if (picked === contrast) await pickAgainst(context);
}
