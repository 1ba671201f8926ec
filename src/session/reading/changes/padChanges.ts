import * as vscode from 'vscode';
import type { JsonSettings } from '../../../data/reading/readingPlan.ts';
import type { Change } from './change.ts';
import type { Preprocessing } from './standardiseChanges.ts';

/** How series that are too short are brought to what the model takes. */
export function padChanges({ steps }: Preprocessing): Change[] {
  const t = vscode.l10n.t;
  const others = steps.filter((step) => !('pad' in step));
  const pad = (side: string): JsonSettings => ({ pad: { to: null, value: 0, side } });
  return [
    { label: t('0 at the end'), patch: { preprocess: [...others, pad('end')] } },
    { label: t('0 at the front'), patch: { preprocess: [...others, pad('front')] } },
    { label: t('Nothing is set'), patch: { preprocess: others } },
  ];
}
