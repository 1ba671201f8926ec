import * as vscode from 'vscode';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import { askOne } from '../session/askOne.ts';
import { askText } from '../session/surfaces/inputBox.ts';

type Side = 'end' | 'front';

/** Asks how many steps are real. @param steps T of the model's input, the largest answer; null: unbounded. */
export async function askLength(steps: number | null, side: Side): Promise<MaskChoice | undefined> {
  const text = await askText({
    title: vscode.l10n.t('Pick Padding Mask'),
    prompt:
      side === 'end'
        ? vscode.l10n.t('How many steps at the start are real?')
        : vscode.l10n.t('How many steps at the end are real?'),
    fault: (value) => lengthFault(value, steps),
  });
  return text === undefined ? undefined : { kind: 'length', length: Number(text), side };
}

/** What is wrong with a length somebody types, in one sentence. */
function lengthFault(text: string, steps: number | null): string | undefined {
  const length = Number(text);
  if (!/^\d+$/.test(text.trim()) || length < 1) {
    return vscode.l10n.t('A whole number of steps, 1 or more.');
  }
  return steps !== null && length > steps
    ? vscode.l10n.t('The model takes {0} steps; the length cannot be larger.', steps)
    : undefined;
}

/** Asks which column holds the mask or the length; any name may be typed, for columns that are not features. */
export async function askColumn(
  kind: 'length-column' | 'mask-column',
  columns: readonly string[],
  side: Side,
): Promise<MaskChoice | undefined> {
  const other = { icon: 'edit', label: vscode.l10n.t('Another column or array…') };
  const picked = await askOne([...columns.map((label) => ({ label })), other], {
    title: vscode.l10n.t('Pick Padding Mask'),
    placeholder: vscode.l10n.t('Which column?'),
  });
  const column = picked === other ? await askName() : picked?.label;
  return column ? choice(kind, column, side) : undefined;
}

function choice(kind: 'length-column' | 'mask-column', column: string, side: Side): MaskChoice {
  return kind === 'mask-column' ? { kind, column } : { kind, column, side };
}

function askName(): Thenable<string | undefined> {
  return askText({ prompt: vscode.l10n.t('Name of the column or array') });
}
