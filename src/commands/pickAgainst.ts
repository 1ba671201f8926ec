import * as vscode from 'vscode';
import { answerFigure } from '../attribution/answerWords.ts';
import { askOne } from '../session/askOne.ts';
import type { Selection } from '../session/core/selection.ts';
import type { CommandContext } from './context.ts';
import { openedModel } from './opened.ts';
import { previewing } from './previewing.ts';

/**
 * What the explained class is set against.
 * @param wanted a class's name or index, `runner-up`, `negative` for what speaks against the class, null for the class
 *   alone; without it a list is shown.
 */
export async function pickAgainst(context: CommandContext, wanted?: string | number | null): Promise<void> {
  const { session } = context;
  const model = await openedModel(context);
  if (!model) return;
  if (wanted !== undefined) return session.choose(contrast(wanted));
  const t = vscode.l10n.t;
  const { explanation, selection } = session.state;
  const values = explanation?.prediction.values;
  const own = explanation?.target;
  const name = own?.name ?? (values ? t('the output') : t('the class'));
  const items = [
    {
      label: t('{0} alone', name),
      description: values ? t('its value') : t('its logit'),
      changes: contrast(null),
    },
    ...(values
      ? []
      : [
          {
            label: t('{0} − runner-up', name),
            description: t('its logit minus that of the most probable other class'),
            changes: contrast('runner-up'),
          },
        ]),
    ...(explanation?.prediction.classes ?? model.classes)
      .map((other, index) => ({
        label: `${name} − ${other}`,
        description: answerFigure(explanation?.prediction, index),
        index,
        changes: contrast(index),
      }))
      .filter(({ index }) => index !== own?.index),
    {
      label: t('against {0}', name),
      description: values
        ? t('what makes it smaller: the value turned round')
        : t('what speaks against it: the logit turned round'),
      changes: contrast('negative'),
    },
  ];
  const isChosen = ({ changes }: { readonly changes: Partial<Selection> }) =>
    changes.against === selection.against && changes.negative === (selection.negative ?? false);
  await previewing(session, (preview) =>
    askOne(items, {
      title: values ? t('Pick Contrast Output') : t('Pick Contrast Class'),
      placeholder: t('What is {0} to be told from?', name),
      active: items.find(isChosen),
      preview,
    }),
  );
}

function contrast(wanted: string | number | null): Pick<Selection, 'against' | 'negative'> {
  return wanted === null || wanted === 'negative'
    ? { against: undefined, negative: wanted === 'negative' }
    : { against: wanted, negative: false };
}
