import type { CellPlaces } from '../../data/dataset.ts';
import { cellRanges, tooMuchText } from './cellRanges.ts';
import { cellLevel, type Heat } from './heat.ts';
import type { Level } from './level.ts';
import type { Row } from './rowLines.ts';

/** A row's heat: the bar in the gutter, and its background where rows are tinted. */
export interface RowMark {
  /** 0-based. */
  readonly line: number;
  readonly level: Level;
  /** A row of padding that stands in the file. */
  readonly padded: boolean;
}

/** Columns `from` to `to` of a 0-based line, as strong as the cell. */
export interface CellMark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly level: Level;
}

/** Rows whose attribution is worth a mark. */
export function rowMarks({ levels, explanation }: Heat, rows: readonly Row[]): RowMark[] {
  const { mask } = explanation.padding;
  return rows
    .map(({ line, step }) => ({ line, level: levels[step]!, padded: mask[step] === 0 }))
    .filter(({ level }) => level !== 0);
}

/** Index of the model's feature per column of the file. */
export function featureOfColumn(
  heat: Heat,
  fileFeatures: readonly string[],
  places: CellPlaces,
): ReadonlyMap<number, number> {
  const columns = new Map(fileFeatures.map((name, i) => [name, places.columns[i]!]));
  const features = heat.explanation.signals.features.entries();
  return new Map(
    [...features].flatMap(([feature, name]) =>
      columns.has(name) ? [[columns.get(name)!, feature] as const] : [],
    ),
  );
}

/**
 * The cells of some rows with their levels. Where there are more than `most` with any, the weakest levels are left
 * out as a whole: what stays is right, and an editor never gets more than it can draw.
 * @param text of a 0-based line
 */
export function cellMarks(
  heat: Heat,
  rows: readonly Row[],
  text: (line: number) => string,
  delimiter: string,
  features: ReadonlyMap<number, number>,
  most: number,
): CellMark[] {
  const byStrength: CellMark[][] = [];
  const texts = rows.map(({ line }) => text(line));
  if (tooMuchText(texts)) return [];
  for (const [i, { line, step }] of rows.entries()) {
    for (const [column, { from, to }] of cellRanges(texts[i]!, delimiter).entries()) {
      const feature = features.get(column);
      const level = feature === undefined ? 0 : cellLevel(heat, feature, step);
      if (level === 0 || from === to) continue;
      const strength = Math.abs(level);
      byStrength[strength] ??= [];
      byStrength[strength].push({ line, from, to, level });
    }
  }
  const marks: CellMark[] = [];
  for (const group of byStrength.toReversed()) {
    if (group && marks.length + group.length > most) break;
    marks.push(...(group ?? []));
  }
  return marks;
}
