import * as vscode from 'vscode';
import { instancesCsv, mapsCsv, rankingCsv } from '../export/overview/csv.ts';
import { overviewJson } from '../export/overview/json.ts';
import { overviewNpz } from '../export/overview/npz.ts';
import type { Overview } from '../overview/overview.ts';
import { askOne } from '../session/askOne.ts';
import { sayError } from '../session/surfaces/message.ts';
import { jsonText } from '../surfaces/json.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

interface Form {
  readonly label: string;
  readonly detail: string;
  readonly ending: string;
  readonly write: (overview: Overview) => string | Uint8Array;
}

/** By the word that keyboard shortcuts, tests and agents may give. */
const forms: Readonly<Record<string, Form>> = {
  instances: {
    label: vscode.l10n.t('Instances (CSV)'),
    detail: vscode.l10n.t(
      'A row per instance: answer, length, shares, importance of every feature, why it stands out',
    ),
    ending: '.instances.csv',
    write: (overview) => [...instancesCsv(overview)].join(''),
  },
  ranking: {
    label: vscode.l10n.t('Feature ranking (CSV)'),
    detail: vscode.l10n.t('A row per class and feature: importance and rank with their intervals'),
    ending: '.ranking.csv',
    write: rankingCsv,
  },
  mapsByStart: {
    label: vscode.l10n.t('Mean maps by start (CSV)'),
    detail: vscode.l10n.t(
      'A row per class and step from the first real one: mean, standard error, instances',
    ),
    ending: '.maps.start.csv',
    write: (overview) => mapsCsv(overview, null, 'start', null),
  },
  mapsByEnd: {
    label: vscode.l10n.t('Mean maps by end (CSV)'),
    detail: vscode.l10n.t('The same, counted back from the last real step'),
    ending: '.maps.end.csv',
    write: (overview) => mapsCsv(overview, null, 'end', null),
  },
  mapsByRelativeTime: {
    label: vscode.l10n.t('Mean maps by relative time (CSV)'),
    detail: vscode.l10n.t('The same, from the first to the last real step in equal parts'),
    ending: '.maps.relative.csv',
    write: (overview) => mapsCsv(overview, null, 'relative', null),
  },
  npz: {
    label: vscode.l10n.t('Everything as arrays (NPZ)'),
    detail: vscode.l10n.t('Mean maps, errors, counts, importance and ranking for numpy'),
    ending: '.dataset.npz',
    write: overviewNpz,
  },
  json: {
    label: vscode.l10n.t('Everything as JSON'),
    detail: vscode.l10n.t('With outliers, their reasons, and where it all comes from'),
    ending: '.dataset.json',
    write: (overview) => `${jsonText(overviewJson(overview))}\n`,
  },
};

/** Writes the dataset view in a form that is asked for, unless it is given. */
export async function exportDataset(
  { works, session }: CommandContext,
  wanted?: string,
  target?: vscode.Uri,
): Promise<void> {
  const { result: overview } = works.dataset.view;
  const { file } = session.state;
  if (!overview || !file) {
    void sayError(vscode.l10n.t('There is nothing to export yet: run Explain Whole File first.'));
    return;
  }
  const title = vscode.l10n.t('Export Dataset View');
  const form = typeof wanted === 'string' ? forms[wanted] : await askOne(Object.values(forms), { title });
  if (!form) return;
  const content = form.write(overview);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const ending = form.ending.slice(form.ending.lastIndexOf('.') + 1);
  await saveAs(bytes, target, file, form.ending, { [ending.toUpperCase()]: [ending] });
}
