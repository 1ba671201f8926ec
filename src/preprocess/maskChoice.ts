import type { DataOptions } from '../data/dataOptions.ts';
import { Refusal } from '../refusal.ts';

/**
 * How a padding mask is chosen; the text form is what `--mask`, attribution.json and the picker use.
 * auto: what the file or the pad step says, else a trailing or leading run in which every feature repeats one value.
 * `side` is where the padding lies: with 'front' the real steps are the last ones.
 */
export type MaskChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'trailing' }
  | { readonly kind: 'leading' }
  | { readonly kind: 'length'; readonly length: number; readonly side: 'end' | 'front' }
  | { readonly kind: 'length-column'; readonly column: string; readonly side: 'end' | 'front' }
  | { readonly kind: 'mask-column'; readonly column: string };

/** What can be written for a mask, for messages. */
export const maskForms =
  'auto, none, trailing, leading, length:28, length:28@front, length-column:NAME, mask-column:NAME';

/** @throws Refusal `mask-choice` */
export function parseMaskChoice(text: string): MaskChoice {
  const [kind, rest] = splitOnce(text, ':').map((part) => part?.trim());
  switch (kind) {
    case 'auto':
    case 'none':
    case 'trailing':
    case 'leading':
      if (rest === undefined) {
        return { kind };
      }
      break;
    case 'length':
    case 'length-column': {
      const { name, side } = splitSide(rest ?? '');
      if (kind === 'length' && /^[1-9]\d{0,8}$/.test(name)) {
        return { kind, length: Number(name), side };
      }
      if (kind === 'length-column' && name !== '') {
        return { kind, column: name, side };
      }
      break;
    }
    case 'mask-column':
      if (rest) {
        return { kind, column: rest };
      }
  }
  throw new Refusal('mask-choice', `"${text}" is not a padding mask; write one of ${maskForms}.`);
}

/** The text `parseMaskChoice` reads. */
export function formatMaskChoice(choice: MaskChoice): string {
  switch (choice.kind) {
    case 'length':
      return `length:${choice.length}${choice.side === 'front' ? '@front' : ''}`;
    case 'length-column': {
      // A name that itself ends like a side needs the side spelled out.
      const spelled = choice.side === 'front' || /@(front|end)$/.test(choice.column);
      return `length-column:${choice.column}${spelled ? `@${choice.side}` : ''}`;
    }
    case 'mask-column':
      return `mask-column:${choice.column}`;
    default:
      return choice.kind;
  }
}

/** What the reader must know so that the chosen column is read as mask or length, not as a feature. */
export function maskColumns(choice: MaskChoice): Pick<DataOptions, 'maskColumn' | 'lengthColumn'> {
  switch (choice.kind) {
    case 'mask-column':
      return { maskColumn: choice.column };
    case 'length-column':
      return { lengthColumn: { column: choice.column, side: choice.side } };
    default:
      return {};
  }
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function splitSide(text: string): { name: string; side: 'end' | 'front' } {
  const found = /^(.*)@(front|end)$/s.exec(text);
  return found ? { name: found[1]!.trim(), side: found[2] as 'end' | 'front' } : { name: text, side: 'end' };
}
