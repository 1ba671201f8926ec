import * as vscode from 'vscode';
import type { MethodId } from '../attribution/explanation.ts';
import { METHODS } from '../attribution/methods.ts';
import { askOne } from '../session/askOne.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';
import { previewing } from './previewing.ts';

/** @param wanted a method's id, e.g. `hirescam`; without it a list is shown. */
export async function pickMethod(context: CommandContext, wanted?: MethodId): Promise<void> {
  const { session } = context;
  if (!(await opened(context)).file) {
    return;
  }
  if (wanted !== undefined) {
    const known = METHODS.map(({ id }) => id);
    return known.includes(wanted)
      ? session.choose({ method: wanted })
      : session.refuse({
          code: 'unknown-method',
          sentence: vscode.l10n.t('There is no method {0}; there are {1}.', wanted, known.join(', ')),
          quiet: false,
        });
  }
  const items = METHODS.map(({ id, label, paper, caveat }) => ({
    label,
    description: paper,
    detail: caveat,
    changes: { method: id },
  }));
  await previewing(session, (preview) =>
    askOne(items, {
      title: vscode.l10n.t('Pick Method'),
      active: items.find((item) => item.changes.method === session.state.selection.method),
      preview,
    }),
  );
}
