import { switchWords } from '../attribution/switches.ts';
import { formatNumber } from '../format.ts';
import type { Alignment, Group, Overview, Scale } from './overview.ts';

interface Columns {
  readonly alignment: Alignment;
  readonly columns: number;
  readonly stepsPerColumn: number;
}

/** What a column of a mean map stands for: `12`, `12–15`, `−3`, `24–26 %`. */
export function columnName({ alignment, columns, stepsPerColumn: by }: Columns, column: number): string {
  if (alignment === 'relative') {
    const edge = (at: number) => Math.round((1000 * at) / columns) / 10;
    return `${edge(column)}–${edge(column + 1)} %`;
  }
  if (alignment === 'start') return by === 1 ? `${column}` : `${column * by}–${(column + 1) * by - 1}`;
  const from = (columns - 1 - column) * by;
  const minus = (steps: number) => (steps === 0 ? '0' : `−${steps}`);
  return by === 1 ? minus(from) : `${minus(from + by - 1)} to ${minus(from)}`;
}

/** What an axis of each alignment counts. */
export const alignmentWords: Readonly<Record<Alignment, string>> = {
  start: 'steps counted from the first real step',
  end: 'steps counted back from the last real step',
  relative: 'share of the way from the first to the last real step',
};

/** `walk` as a label and `walk` as an answer are different groups. */
export function groupName({ by, name }: Pick<Group, 'by' | 'name'>): string {
  return by === 'all' ? name : by === 'label' ? `labelled ${name}` : `predicted as ${name}`;
}

/** `Grad-CAM of conv1d for the class each instance is predicted as (signed)` */
export function whatIsExplained(overview: Overview): string {
  const { methodLabel, how } = overview;
  const { layer, target, against, negative } = how;
  const whose = target === 'predicted' ? 'the class each instance is predicted as' : target;
  const contrast =
    against === undefined
      ? ''
      : ` rather than ${against === 'runner-up' ? 'the most probable other class' : against}`;
  const notes = switchWords(how);
  const more = notes.length ? ` (${notes.join(', ')})` : '';
  const where = layer === 'input' ? 'at the input' : `of ${layer}`;
  return `${methodLabel} ${where} ${negative ? 'of what speaks against' : 'for'} ${whose}${contrast}${more}`;
}

/** `1`, `2–4` */
export function rankRange([low, high]: readonly [number, number]): string {
  const [from, to] = [Math.floor(low), Math.ceil(high)];
  return from === to ? `${from}` : `${from}–${to}`;
}

/** A feature's importance: a share of the map in tenths of a per cent, or the number as it is. */
export function importanceText(value: number, scale: Scale): string {
  return scale === 'normalised' ? `${(100 * value).toFixed(1)} %` : formatNumber(value);
}
