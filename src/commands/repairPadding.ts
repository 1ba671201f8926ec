import * as vscode from 'vscode';
import { ARMS } from '../repair/armNames.ts';
import { askOne } from '../session/askOne.ts';
import { sayError, sayInfo } from '../session/surfaces/message.ts';
import type { RepairWish } from '../session/works.ts';
import type { CommandContext } from './context.ts';
import { runWork } from './runWork.ts';

/**
 * Repairs a copy of the model being looked at, in the view Repair.
 * @param wish without it a list asks which repair; menus give something else there
 */
export async function repairPadding(
  context: CommandContext,
  given?: vscode.Uri,
  wish?: RepairWish | object,
): Promise<void> {
  const { lab } = context;
  if (!vscode.workspace.isTrusted) {
    void sayError(vscode.l10n.t('Models are not loaded before you trust this workspace.'));
    return;
  }
  if (lab.busy !== undefined) {
    void sayInfo(lab.busy);
    return;
  }
  const wanted = wish && 'arm' in wish ? wish : await ask(context, given);
  if (wanted) await runWork(context, 'repair', 'file', given, true, wanted);
}

async function ask({ session }: CommandContext, given?: vscode.Uri): Promise<RepairWish | undefined> {
  const t = vscode.l10n.t;
  // Nothing to choose from where outputs are numbers: the engine says why.
  if (!given && session.state.explanation?.prediction.values) return { arm: 'auto' };
  const said: Readonly<Record<(typeof ARMS)[number], string>> = {
    masked: t('padding hidden from the layers, no weight changed'),
    head: t('masked, and the last linear layer fitted anew'),
    'head-random-length': t('the same, on copies at random lengths as well'),
    'fine-tune': t('masked, and all weights trained on'),
    'random-length': t('the same, at a random length at every step'),
  };
  const items: { label: string; description: string; arm: RepairWish['arm'] }[] = [
    {
      label: t('Automatic'),
      description: t('those that fit are tried; the best by a written rule is taken'),
      arm: 'auto',
    },
    { label: t('All'), description: t('every one, whatever it may cost'), arm: 'all' },
    ...ARMS.map((arm) => ({ label: arm, description: said[arm], arm })),
  ];
  const placeholder = t('Which repair of a copy? The model itself is not changed.');
  const one = await askOne(items, { title: t('Repair Padding…'), placeholder });
  return one && { arm: one.arm };
}
