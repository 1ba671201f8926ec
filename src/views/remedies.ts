import * as vscode from 'vscode';
import type { Refused, SessionState } from '../session/state.ts';
import type { PanelCommand } from './panel/contract.ts';

interface Remedy {
  readonly label: string;
  readonly command: PanelCommand;
}

/** Buttons that get a person on after a refusal; the same in the panel and in the message. */
export function remedies(refused: Refused, { model }: SessionState): Remedy[] {
  switch (refused.code) {
    case 'untrusted':
      return [{ label: vscode.l10n.t('Manage Trust'), command: 'manageTrust' }];
    case 'no-model':
      return [{ label: vscode.l10n.t('Choose Model…'), command: 'chooseModel' }];
    case 'foreign-model':
    case 'unsupported-layer':
    case 'unsupported-model':
      return [
        { label: vscode.l10n.t('Copy Export Snippet…'), command: 'copyExportSnippet' },
        { label: vscode.l10n.t('Choose Model…'), command: 'chooseModel' },
      ];
    case 'unsupported-operator':
    case 'no-gradient-path':
    case 'too-long-to-unroll':
    case 'layer-is-input':
    case 'no-layer':
      return [{ label: vscode.l10n.t('Pick Method…'), command: 'pickMethod' }];
    case 'too-long':
      return [{ label: truncateLabel(model?.steps ?? null), command: 'truncate' }, fix()];
    default:
      if (refused.doubt) return [{ label: vscode.l10n.t('Choose How to Read It…'), command: 'showReading' }];
      return READING_REFUSALS.has(refused.code) ? [fix()] : [];
  }
}

function fix(): Remedy {
  return { label: vscode.l10n.t('Fix…'), command: 'changeReading' };
}

/** Another setting may read the file all the same. */
const READING_REFUSALS: ReadonlySet<string> = new Set([
  'class-or-number',
  ...['missing-value', 'missing-features', 'missing-feature-values', 'no-features', 'unknown-column'],
  ...['layout-columns', 'label-changes', 'duplicate-case', 'time-order', 'bad-time', 'blank-case'],
  ...['bad-mask', 'bad-length', 'not-numeric', 'one-row', 'statistics-count', 'feature-count', 'array-shape'],
  ...[
    'too-long-padded',
    'wide-features',
    'flat-width',
    'mask-too-long',
    'empty-mask',
    'duplicate-column',
    'pad-too-long',
  ],
  ...[
    'almost-numbers',
    'channel-files',
    'unknown-array',
    'folder-columns',
    'label-place',
    'label-table',
    'mask-not-read',
    'transposed-rows',
    'wrong-length',
  ],
]);

function truncateLabel(steps: number | null): string {
  return steps === null ? vscode.l10n.t('Truncate') : vscode.l10n.t('Truncate to {0} Steps', steps);
}
