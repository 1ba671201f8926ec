import * as vscode from 'vscode';
import type { Tried } from '../../../engine/reading/readAs.ts';
import type { Change } from './change.ts';

/** The order of the classes under which most labels agree with the predictions, where it is clearly another. */
export function bestOrder(now: Tried | undefined, offered: readonly Change[]): Change[] {
  const better = now?.kind === 'read' ? now.read.agreement?.better : undefined;
  if (!better) return [];
  const names = better.classes.join(', ');
  const isThere = offered.some(({ patch }) => patch?.classes?.join(', ') === names);
  return isThere
    ? []
    : [
        {
          label: vscode.l10n.t('the order that fits the labels best'),
          description: names,
          patch: { classes: better.classes },
        },
      ];
}
