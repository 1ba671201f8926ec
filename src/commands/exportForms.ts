import * as vscode from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import type { CallOptions } from '../engine/client.ts';
import { explanationCsv } from '../export/explanationCsv.ts';
import { explanationJson } from '../export/explanationJson.ts';
import { explanationNpz, npzPart } from '../export/explanationNpz.ts';
import { pictureSvg } from '../export/picture/pictureSvg.ts';
import type { Ground } from '../export/picture/theme.ts';
import { notDrawn } from '../export/picture/words.ts';
import { explanationReport } from '../export/report/explanationReport.ts';
import { sayWarning } from '../session/surfaces/message.ts';
import { jsonText } from '../surfaces/json.ts';
import type { CommandContext } from './context.ts';

/** The shown explanation as a file of some format. */
export interface ExportForm {
  readonly label: string;
  readonly detail: string;
  /** Of the file, after the name of the data file. */
  readonly ending: string;
  /** As the save dialog calls the kind of file. */
  readonly kind: string;
  /** Takes long enough for a Cancel. */
  readonly isLong?: boolean;
  write(
    explanation: Explanation,
    context: CommandContext,
    options: CallOptions,
  ): Promise<string | Uint8Array>;
}

const { t } = vscode.l10n;
/** By the word that keyboard shortcuts, tests and agents may give, in the order they are offered. */
export const EXPORT_FORMS = {
  png: {
    label: t('Picture (PNG)'),
    detail: t('Map, zones, signals and answer, for slides and papers'),
    ending: '.map.png',
    kind: 'PNG',
    isLong: true,
    async write(explanation, { engine, panel }, options) {
      const svg = pictureSvg(explanation, ground(), panel.look.rangeWithoutPadding);
      const { png, missing } = await engine.call('picture', { svg }, options);
      if (missing.length > 0) void sayWarning(notDrawn(missing));
      return png;
    },
  },
  svg: {
    label: t('Picture (SVG)'),
    detail: t('The same, sharp at any size'),
    ending: '.map.svg',
    kind: 'SVG',
    write: async (explanation, { panel }) =>
      pictureSvg(explanation, ground(), panel.look.rangeWithoutPadding),
  },
  html: {
    label: t('Report (HTML)'),
    detail: t('A page to read, print and pass on: picture, numbers, findings, how to read it'),
    ending: '.map.html',
    kind: 'HTML',
    write: async (explanation, { panel }) => explanationReport(explanation, panel.look.rangeWithoutPadding),
  },
  csv: {
    label: t('Table (CSV)'),
    detail: t('A row for each step: zone, line of the file, attribution of each feature'),
    ending: '.map.csv',
    kind: 'CSV',
    write: async (explanation) => explanationCsv(explanation),
  },
  npz: {
    label: t('Arrays (NPZ)'),
    detail: t('Map, logits, probabilities and lengths for NumPy'),
    ending: '.map.npz',
    kind: 'NumPy',
    write: async (explanation) => explanationNpz([npzPart(explanation)]),
  },
  json: {
    label: t('Everything (JSON)'),
    detail: t('Map, zones, shares, findings, and where the numbers come from'),
    ending: '.map.json',
    kind: 'JSON',
    async write(explanation, { session }) {
      const config = session.state.project?.path;
      return `${jsonText(explanationJson(explanation, config))}\n`;
    },
  },
} as const satisfies Readonly<Record<string, ExportForm>>;

/** Pictures are dark where the editor is. */
function ground(): Ground {
  const { kind } = vscode.window.activeColorTheme;
  const dark = [vscode.ColorThemeKind.Dark, vscode.ColorThemeKind.HighContrast];
  return dark.includes(kind) ? 'dark' : 'light';
}
