import * as vscode from 'vscode';
import type { Explanation } from '../attribution/explanation.ts';
import { explanationCsv } from '../export/explanationCsv.ts';
import { explanationJson } from '../export/explanationJson.ts';
import { explanationNpz, npzPart } from '../export/explanationNpz.ts';
import { pictureSvg } from '../export/picture/pictureSvg.ts';
import type { Ground } from '../export/picture/theme.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { projectOf } from '../session/projectOf.ts';
import type { SessionState } from '../session/state.ts';
import type { CommandContext } from './context.ts';
import { exportMaskedModel } from './exportMaskedModel.ts';
import { saveAs } from './saveAs.ts';

export type ExportFormat = 'svg' | 'csv' | 'npz' | 'json' | 'masked';

interface Form {
  readonly label: string;
  readonly detail: string;
  /** Of the file, after the name of the data file. */
  readonly ending: string;
  /** As the save dialog calls the kind of file. */
  readonly kind: string;
  bytes(explanation: Explanation, context: CommandContext): Promise<string | Uint8Array>;
}

/** @param wanted without it a list is shown. @param given where it goes; without it a dialog asks */
export async function exportExplanation(
  context: CommandContext,
  wanted?: ExportFormat,
  given?: vscode.Uri,
): Promise<void> {
  const { file, explanation } = context.session.state;
  if (!file || !explanation) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('There is nothing to export yet: explain a data file first.'),
    );
    return;
  }
  const format = wanted ?? (await ask());
  if (format === undefined) return;
  if (format === 'masked') return exportMaskedModel(context, given);
  const form = forms()[format];
  if (!form) {
    const known = [...Object.keys(forms()), 'masked'].join(', ');
    void vscode.window.showErrorMessage(
      vscode.l10n.t('There is no format {0}; there are {1}.', String(format), known),
    );
    return;
  }
  try {
    const content = await form.bytes(explanation, context);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await saveAs(bytes, given, file, ending(form, context.session.state), {
      [form.kind]: [form.ending.slice(form.ending.lastIndexOf('.') + 1)],
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void vscode.window.showErrorMessage(error.message);
  }
}

/** Functions of the format, in the order they are offered. */
function forms(): Readonly<Record<Exclude<ExportFormat, 'masked'>, Form>> {
  const { t } = vscode.l10n;
  return {
    svg: {
      label: t('Picture (SVG)'),
      detail: t('Map, zones, signals and answer; sharp at any size'),
      ending: '.map.svg',
      kind: 'SVG',
      bytes: async (explanation) => pictureSvg(explanation, ground()),
    },
    csv: {
      label: t('Table (CSV)'),
      detail: t('A row for each step: zone, line of the file, attribution of each feature'),
      ending: '.map.csv',
      kind: 'CSV',
      bytes: async (explanation) => explanationCsv(explanation),
    },
    npz: {
      label: t('Arrays (NPZ)'),
      detail: t('Map, logits, probabilities and lengths for NumPy'),
      ending: '.map.npz',
      kind: 'NumPy',
      bytes: async (explanation) => explanationNpz([npzPart(explanation)]),
    },
    json: {
      label: t('Everything (JSON)'),
      detail: t('Map, zones, shares, findings, and where the numbers come from'),
      ending: '.map.json',
      kind: 'JSON',
      bytes: async (explanation, { session }) => {
        const file = session.state.file;
        const config = file && (await projectOf(file))?.path;
        return `${JSON.stringify(explanationJson(explanation, config))}\n`;
      },
    },
  };
}

async function ask(): Promise<ExportFormat | undefined> {
  const items = Object.entries(forms()).map(([format, { label, detail }]) => ({
    format: format as ExportFormat,
    label,
    detail,
  }));
  const masked = {
    format: 'masked' as const,
    label: vscode.l10n.t('Masked model (ONNX)'),
    detail: vscode.l10n.t('The model with the padding mask as a second input; a different model'),
  };
  const picked = await askOne([...items, masked], {
    title: vscode.l10n.t('Export'),
    placeholder: vscode.l10n.t('What is shown, as a file'),
  });
  return picked?.format;
}

/** Instances of one file get files of their own. */
function ending({ ending }: Form, { explanation }: SessionState): string {
  const { instance } = explanation!;
  const name = instance.id.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60);
  return instance.of > 1 ? `.${name}${ending}` : ending;
}

/** Pictures are dark where the editor is. */
function ground(): Ground {
  const { kind } = vscode.window.activeColorTheme;
  const dark = [vscode.ColorThemeKind.Dark, vscode.ColorThemeKind.HighContrast];
  return dark.includes(kind) ? 'dark' : 'light';
}
