import * as vscode from 'vscode';
import { sayBriefly } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { openedData } from './opened.ts';

/** Goes `by` instances on; at either end it stays and says so. */
export async function stepInstance(context: CommandContext, by: 1 | -1): Promise<void> {
  const { session } = context;
  const data = await openedData(context);
  if (!data) {
    return;
  }
  const instance = session.asked.instance + by;
  if (instance in data.instances) {
    await session.choose({ instance });
  } else {
    const end =
      by === 1 ? vscode.l10n.t('This is the last instance.') : vscode.l10n.t('This is the first instance.');
    sayBriefly(end, 3000);
  }
}
