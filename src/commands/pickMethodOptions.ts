import * as vscode from 'vscode';
import { DEFAULT_OPTIONS, type MethodOptions, type OptionName } from '../attribution/methodOptions.ts';
import { type MethodId, methodNamed } from '../attribution/methods.ts';
import { optionWords } from '../attribution/optionText.ts';
import { askOne } from '../session/askOne.ts';
import { sayInfo } from '../session/surfaces/message.ts';
import { askOption } from './askOption.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

/**
 * @param given options to set; without them the options of the method are listed until the list is left.
 * @param wanted the method, which may still be computing; unless given the one in sight
 */
export async function pickMethodOptions(
  context: CommandContext,
  given?: Partial<MethodOptions>,
  wanted?: MethodId,
): Promise<void> {
  const { session } = context;
  if (wanted === undefined) await opened(context);
  const { selection, explanation, data } = session.state;
  const id = wanted ?? selection.method ?? explanation?.how.method;
  let chosen = selection.options ?? {};
  // With the method: what is still computing is not yet the selection.
  const set = (options: Partial<MethodOptions>) => {
    chosen = { ...chosen, ...options };
    return session.choose({ ...(wanted && { method: wanted }), options: chosen });
  };
  if (given !== undefined) return set(given);
  const method = id && methodNamed(id);
  if (!method || method.options.length === 0) {
    const sentence = vscode.l10n.t('{0} has no options.', method?.label ?? vscode.l10n.t('This method'));
    void sayInfo(sentence);
    return;
  }
  for (let last: OptionName | undefined; ; ) {
    const options = { ...DEFAULT_OPTIONS, ...chosen };
    const items = method.options.map((name) => ({
      name,
      label: label(name),
      description: words(name, options),
    }));
    const picked = await askOne(items, {
      title: vscode.l10n.t('Options of {0}', method.label),
      placeholder: vscode.l10n.t('Change one, or leave with Escape'),
      active: items.find(({ name }) => name === last),
    });
    if (!picked) return;
    last = picked.name;
    const changed = await askOption(picked.name, options, data?.instances ?? []);
    // The map is on its way while the next option is looked at.
    if (changed) void set(changed);
  }
}

function label(name: OptionName): string {
  const t = vscode.l10n.t;
  const labels: Record<OptionName, string> = {
    baseline: t('Baseline'),
    replacement: t('Replacement'),
    samples: t('Samples'),
    noise: t('Noise'),
    seed: t('Seed'),
    window: t('Window'),
    stride: t('Stride'),
  };
  return labels[name];
}

function words(name: OptionName, options: MethodOptions): string {
  const [text] = optionWords({ [name]: options[name] });
  return text ?? vscode.l10n.t('as the window');
}
