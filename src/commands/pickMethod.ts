import * as vscode from 'vscode';
import { availableMethods } from '../attribution/availableMethods.ts';
import type { MethodOptions } from '../attribution/methodOptions.ts';
import type { Method } from '../attribution/methods/method.ts';
import { METHODS, type MethodId, methodNamed } from '../attribution/methods.ts';
import { askOne } from '../session/askOne.ts';
import type { Selection } from '../session/core/selection.ts';
import { pickedLayer } from '../session/pickedLayer.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';
import { pickMethodOptions } from './pickMethodOptions.ts';

interface MethodItem extends vscode.QuickPickItem {
  readonly changes: Partial<Selection>;
}

/**
 * @param wanted a method's id, e.g. `hirescam`; without it a list is shown, and after it the method's options.
 * @param options of the method, beside those picked before
 */
export async function pickMethod(
  context: CommandContext,
  wanted?: MethodId,
  options?: Partial<MethodOptions>,
): Promise<void> {
  const { session } = context;
  const state = await opened(context);
  if (!state.file) {
    return;
  }
  if (wanted !== undefined) {
    const known = METHODS.map(({ id }) => id);
    return known.includes(wanted)
      ? session.choose({
          method: wanted,
          ...(options && { options: { ...session.state.selection.options, ...options } }),
        })
      : session.refuse({
          code: 'unknown-method',
          sentence: vscode.l10n.t('There is no method {0}; there are {1}.', wanted, known.join(', ')),
          quiet: false,
        });
  }
  const { methods, reason } = availableMethods(state.model?.noGradient, pickedLayer(state));
  const current = session.state.explanation?.how.method;
  const layered = methods.filter(({ at }) => at === 'layer').map(row);
  const atInput = methods.filter(({ at }) => at === 'input').map(row);
  const items: MethodItem[] = [
    heading(vscode.l10n.t('at a layer')),
    ...layered,
    heading(vscode.l10n.t('at the input')),
    ...atInput,
  ];
  const picked = await askOne(items, {
    title: vscode.l10n.t('Pick Method'),
    placeholder: reason,
    active: items.find(({ changes }) => changes.method !== undefined && changes.method === current),
    preview: ({ changes }) => session.preview(changes),
  });
  const method = picked?.changes.method;
  if (method === undefined) return session.endPreview();
  const shown = session.choose({ method });
  // Its options can be looked at while it computes.
  if (methodNamed(method).options.length > 0) await pickMethodOptions(context, undefined, method);
  await shown;
}

function row({ id, label, paper, caveat, needsGradient, isQuick }: Method<MethodId>): MethodItem {
  const notes = [
    paper,
    ...(needsGradient ? [] : [vscode.l10n.t('needs no gradient')]),
    ...(isQuick ? [] : [vscode.l10n.t('many runs, no preview')]),
  ];
  return { label, description: notes.join(' · '), detail: vscode.l10n.t(caveat), changes: { method: id } };
}

function heading(label: string): MethodItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, changes: {} };
}
