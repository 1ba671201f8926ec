import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RepairAnswer } from '../repair/repairAsked.ts';
import type { LeftWork } from '../session/fileWork.ts';
import { sayWarning } from '../session/surfaces/message.ts';
import type { Making, UnkeptModels } from '../session/unkept.ts';

/** The file of a repair has gone from its panel: what ends with it is said, and what is made can still be kept. */
export function sayLeftRepair({ data, wasBusy, result }: LeftWork<RepairAnswer>): void {
  const t = vscode.l10n.t;
  const file = vscode.Uri.parse(data);
  const name = path.basename(file.path);
  if (wasBusy)
    void offer(
      t('The repair on {0} has ended, as its file is not shown any more.', name),
      t('Repair Again…'),
      'repairFile',
      file,
    );
  if (result?.model && result.kept === undefined)
    void offer(
      t('The copy repaired on {0} has not been kept.', name),
      t('Keep Repaired Model…'),
      'keepRepaired',
      undefined,
      result,
    );
}

/** What the window before had not finished, and what it had not kept. */
export async function sayWhatWasLeft(unkept: UnkeptModels): Promise<void> {
  const t = vscode.l10n.t;
  if (!vscode.workspace.isTrusted) return;
  const [repairing, training] = [unkept.of('repair', 'going'), unkept.of('train', 'going')];
  await unkept.ended('repair');
  await unkept.ended('train');
  if (repairing)
    void offer(
      t('The repair on {0} was broken off as its window closed.', path.basename(repairing.data)),
      t('Repair Again…'),
      'repairFile',
      vscode.Uri.file(repairing.data),
    );
  if (training)
    void offer(
      t('The training on {0} was broken off as its window closed.', path.basename(training.data)),
      t('Train Again'),
      'trainFile',
      vscode.Uri.file(training.data),
      training.wish,
    );
  const [repaired, trained] = [unkept.of('repair', 'made'), unkept.of('train', 'made')];
  const forget = (making: Making) => async (pressed: boolean) => {
    if (!pressed) await unkept.forget(making);
  };
  if (repaired)
    void offer(
      t('The copy repaired on {0} has not been kept.', path.basename(repaired.data)),
      t('Keep Repaired Model…'),
      'keepRepaired',
    ).then(forget('repair'));
  if (trained)
    void offer(
      t('The model trained on {0} has not been kept.', path.basename(trained.data)),
      t('Keep Trained Model…'),
      'keepTrained',
    ).then(forget('train'));
}

/** @returns whether its button was pressed */
async function offer(
  sentence: string,
  button: string,
  command: string,
  ...given: unknown[]
): Promise<boolean> {
  if ((await sayWarning(sentence, button)) === undefined) return false;
  await vscode.commands.executeCommand(`attribution.${command}`, ...given);
  return true;
}
