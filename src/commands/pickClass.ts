import * as vscode from 'vscode';
import { answerFigure } from '../attribution/answerWords.ts';
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
  const percent = (index: number) => answerFigure(prediction, index);
  const values = prediction?.values;
  const names = prediction?.classes ?? model.classes;
  const predicted = values ? undefined : prediction?.predicted;
  const follow = {
    label: values ? vscode.l10n.t('Follow the series') : vscode.l10n.t('Follow the prediction'),
    description: values
      ? vscode.l10n.t('the first output; of a sequence the last real step')
      : predicted === undefined
        ? ''
        : `${names[predicted]} · ${percent(predicted)}`,
    changes: { target: undefined },
  };
  const classes = names.map((name, index) => ({
    label: name,
    description: index === predicted ? `${percent(index)} · ${vscode.l10n.t('predicted')}` : percent(index),
    changes: { target: index },
  }));
  const { target } = session.state.selection;
  const contrast = {
    icon: 'diff',
    label: values
      ? vscode.l10n.t('Set against another output…')
      : vscode.l10n.t('Set against another class…'),
    description: values
      ? vscode.l10n.t('e.g. one step minus another, or what makes it smaller')
      : vscode.l10n.t('e.g. walk − run, or what speaks against a class'),
    changes: {},
  };
  const picked = await previewing(session, (preview) =>
    askOne([follow, ...classes, contrast], {
      title: values ? vscode.l10n.t('Pick Output') : vscode.l10n.t('Pick Class'),
      placeholder: values
        ? vscode.l10n.t('Which number is to be explained?')
        : vscode.l10n.t('Whose logit is to be explained?'),
      active: classes.find(({ label, changes }) => changes.target === target || label === target) ?? follow,
      preview,
    }),
  );
  if (picked === contrast) await pickAgainst(context);
}
