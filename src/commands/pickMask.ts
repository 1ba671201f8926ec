import * as vscode from 'vscode';
import { formatMaskChoice, type MaskChoice, parseMaskChoice } from '../preprocess/maskChoice.ts';
import { askOne } from '../session/askOne.ts';
import { logged } from '../session/core/refused.ts';
import { refusedBy } from '../session/refusedBy.ts';
import { askColumn, askLength } from './askMaskDetail.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

interface MaskItem extends vscode.QuickPickItem {
  /** Masks that are complete as they stand; these are previewed. */
  readonly mask?: MaskChoice;
  /** Asks for what is missing; undefined: left. */
  readonly ask?: () => Promise<MaskChoice | undefined>;
}

/** @param wanted the text form of attribution.json and --mask, e.g. `length:28@front`; without it a list is shown. */
export async function pickMask(context: CommandContext, wanted?: string): Promise<void> {
  const { session } = context;
  const { file, data, model, selection, explanation } = await opened(context);
  if (!file) {
    return;
  }
  if (wanted !== undefined) {
    return choose(context, wanted);
  }
  const items = rows(explanation?.padding.mask.length ?? model?.steps ?? null, data?.features ?? []);
  const current = selection.mask && formatMaskChoice(selection.mask);
  const picked = await askOne(items, {
    title: vscode.l10n.t('Pick Padding Mask'),
    placeholder: explanation && vscode.l10n.t('Now: {0}', explanation.padding.origin),
    active: items.find(({ mask }) => mask && formatMaskChoice(mask) === current),
    preview: ({ mask }) => (mask ? session.preview({ mask }) : session.endPreview()),
  });
  const mask = picked?.mask ?? (await picked?.ask?.());
  if (mask) {
    await session.choose({ mask });
  } else {
    session.endPreview();
  }
}

async function choose({ session, log }: CommandContext, wanted: string): Promise<void> {
  let mask: MaskChoice;
  try {
    mask = parseMaskChoice(wanted);
  } catch (error) {
    logged(log, error);
    return session.refuse(refusedBy(error, false));
  }
  await session.choose({ mask });
}

function rows(steps: number | null, columns: readonly string[]): MaskItem[] {
  const t = vscode.l10n.t;
  return [
    {
      label: t('Automatic'),
      description: t('what the file or the pad step says, else runs that repeat one value'),
      mask: { kind: 'auto' },
    },
    { label: t('None'), description: t('every step is real'), mask: { kind: 'none' } },
    {
      label: t('Trailing constant'),
      description: t('a last run in which every feature repeats one value'),
      mask: { kind: 'trailing' },
    },
    {
      label: t('Leading constant'),
      description: t('a first run in which every feature repeats one value'),
      mask: { kind: 'leading' },
    },
    { label: t('Explicit length, padding at the end…'), ask: () => askLength(steps, 'end') },
    { label: t('Explicit length, padding at the front…'), ask: () => askLength(steps, 'front') },
    {
      label: t('Length from a column, padding at the end…'),
      ask: () => askColumn('length-column', columns, 'end'),
    },
    {
      label: t('Length from a column, padding at the front…'),
      ask: () => askColumn('length-column', columns, 'front'),
    },
    {
      label: t('Mask from a column…'),
      description: t('1 on real steps, 0 on padding'),
      ask: () => askColumn('mask-column', columns, 'end'),
    },
  ];
}
