import * as vscode from 'vscode';
import type { InstanceSummary } from '../engine/contract.ts';
import { askOne } from '../session/askOne.ts';
import type { CommandContext } from './context.ts';
import { areTooMany, around, findInstances } from './findInstances.ts';
import { openedData } from './opened.ts';
import { previewing } from './previewing.ts';

/** @param wanted an instance's id (text) or its 0-based position (number); without it a list is shown. */
export async function pickInstance(context: CommandContext, wanted?: string | number): Promise<void> {
  const { session } = context;
  const data = await openedData(context);
  if (!data) {
    return;
  }
  if (wanted !== undefined) {
    return goTo(context, data.instances, wanted);
  }
  const { instances } = data;
  const rows = (some: readonly InstanceSummary[]) =>
    some.map((instance) => ({ ...row(instance), changes: { instance: instance.index } }));
  const now = session.state.selection.instance;
  const items = rows(around(instances, now));
  await previewing(session, (preview) =>
    askOne(items, {
      title: vscode.l10n.t('Pick Instance'),
      placeholder: areTooMany(instances)
        ? vscode.l10n.t('{0} instances: type id, label or number', instances.length)
        : vscode.l10n.t('{0} instances', instances.length),
      active: items.find(({ changes }) => changes.instance === now),
      ...(areTooMany(instances) && {
        find: async (typed: string, signal: AbortSignal) =>
          typed.trim() === '' ? items : rows(await findInstances(instances, typed, signal)),
      }),
      preview,
    }),
  );
}

async function goTo(
  { session }: CommandContext,
  instances: readonly InstanceSummary[],
  wanted: string | number,
): Promise<void> {
  const instance =
    typeof wanted === 'number' ? instances[wanted] : instances.find((one) => one.id === wanted);
  if (instance) {
    await session.choose({ instance: instance.index });
  } else {
    session.refuse({
      code: 'unknown-instance',
      sentence: vscode.l10n.t(
        'The file has no instance {0}; it holds {1}.',
        String(wanted),
        instances.length,
      ),
      quiet: false,
    });
  }
}

function row({ id, label, length, lines, index }: InstanceSummary): vscode.QuickPickItem {
  const where = lines ? [vscode.l10n.t('lines {0}–{1}', lines[0], lines[1])] : [];
  return {
    label: id,
    description: [...(label === undefined ? [] : [label]), vscode.l10n.t('{0} steps', length), ...where].join(
      ' · ',
    ),
    ...(id === String(index) ? {} : { detail: vscode.l10n.t('number {0}', index + 1) }),
  };
}
