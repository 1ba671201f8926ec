import * as vscode from 'vscode';
import type { MethodOptions, OptionName, Replacement } from '../attribution/methodOptions.ts';
import {
  formatReplacement,
  formatWindow,
  parseNoise,
  parseSamples,
  parseSeed,
  parseWindow,
} from '../attribution/optionText.ts';
import type { InstanceSummary } from '../engine/contract.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { askText } from '../session/surfaces/inputBox.ts';
import { areTooMany, around, findInstances } from './findInstances.ts';

/** Asks for one option; undefined where it is left as it is. */
export async function askOption(
  name: OptionName,
  options: MethodOptions,
  instances: readonly InstanceSummary[],
): Promise<Partial<MethodOptions> | undefined> {
  const t = vscode.l10n.t;
  const number = (prompt: string, parse: (option: string, text: string) => number, value: number) =>
    type(prompt, `${value}`, (text) => ({ [name]: parse(name, text) }));
  switch (name) {
    case 'baseline':
    case 'replacement': {
      const replacement = await askReplacement(options[name], instances);
      return replacement && { [name]: replacement };
    }
    case 'samples':
      return number(t('How many samples?'), parseSamples, options.samples);
    case 'noise':
      return number(
        t("Standard deviation of the noise, as a share of the instance's range"),
        parseNoise,
        options.noise,
      );
    case 'seed':
      return number(t('Seed: the same seed gives the same map'), parseSeed, options.seed);
    case 'window':
      return type(
        t('Features x steps replaced at once, as 1x5 or allx10'),
        formatWindow(options.window),
        (text) => ({
          window: parseWindow('window', text),
        }),
      );
    case 'stride':
      return type(
        t('How far the window moves, features x steps; empty: by its own size'),
        options.stride ? formatWindow(options.stride) : '',
        (text) => ({ stride: text.trim() === '' ? null : parseWindow('stride', text) }),
      );
  }
}

async function askReplacement(
  current: Replacement,
  instances: readonly InstanceSummary[],
): Promise<Replacement | undefined> {
  const t = vscode.l10n.t;
  const items: (vscode.QuickPickItem & { readonly replacement?: Replacement })[] = [
    {
      label: t('Zero'),
      description: t('on standardised data the channel mean, and what padding is made of'),
      replacement: { kind: 'zero' },
    },
    {
      label: t("The instance's own means"),
      description: t('per feature, over its real steps'),
      replacement: { kind: 'mean' },
    },
    {
      label: t("Noise of the instance's own spread"),
      description: t('per feature, drawn by the seed'),
      replacement: { kind: 'noise' },
    },
    { label: t('Another instance of the file…'), description: t('a real series') },
  ];
  const active = items.find((item) => (item.replacement?.kind ?? 'instance') === current.kind);
  const picked = await askOne(items, { title: t('What stands for "nothing there"?'), active });
  if (!picked || picked.replacement) return picked?.replacement;
  const rows = (some: readonly InstanceSummary[]) =>
    some.map(({ id, label, length }) => ({
      label: id,
      description: [label, t('{0} steps', length)].filter(Boolean).join(' · '),
    }));
  const now = formatReplacement(current);
  const chosen = instances.findIndex(({ id }) => `instance:${id}` === now);
  const shown = rows(around(instances, chosen));
  const named = await askOne(shown, {
    title: t('Which instance?'),
    active: shown.find((row) => `instance:${row.label}` === now),
    ...(areTooMany(instances) && {
      placeholder: t('{0} instances: type id, label or number', instances.length),
      find: async (typed: string, signal: AbortSignal) =>
        typed.trim() === '' ? shown : rows(await findInstances(instances, typed, signal)),
    }),
  });
  return named && { kind: 'instance', id: named.label };
}

async function type(
  prompt: string,
  value: string,
  parse: (text: string) => Partial<MethodOptions>,
): Promise<Partial<MethodOptions> | undefined> {
  const text = await askText({
    prompt,
    value,
    fault: (typed) => {
      try {
        parse(typed);
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return error.message;
        throw error;
      }
    },
  });
  return text === undefined ? undefined : parse(text);
}
