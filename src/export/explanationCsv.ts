import type { Explanation, Zone } from '../attribution/explanation.ts';
import { jsonNumber } from './jsonNumbers.ts';

/** Header and rows of one explanation. */
export function explanationCsv(explanation: Explanation): string {
  return csvHeader(explanation) + csvRows(explanation);
}

/** First line of the CSV form. */
export function csvHeader(explanation: Explanation): string {
  return row(['case', 'step', 'line', 'zone', ...valueColumns(explanation)]);
}

/** One line per input step; `line` is the data file's, empty on padding. */
export function csvRows(explanation: Explanation): string {
  const { instance, map } = explanation;
  const zones = zonePerColumn(explanation);
  const rows: string[] = [];
  for (let step = 0; step < map.columns; step++) {
    const cells = [instance.id, `${step}`, `${instance.lines[step] || ''}`, zones[step] ?? ''];
    for (let feature = 0; feature < map.rows; feature++) {
      cells.push(`${jsonNumber(map.values[feature * map.columns + step] as number) ?? 'NaN'}`);
    }
    rows.push(row(cells));
  }
  return rows.join('');
}

function valueColumns({ map, signals, layer }: Explanation): readonly string[] {
  if (layer.rank === 1) {
    return ['map'];
  }
  return map.rows === signals.features.length
    ? signals.features
    : Array.from({ length: map.rows }, (_, index) => `row ${index}`);
}

function zonePerColumn({ zones, map }: Explanation): Zone[] {
  const perColumn = new Array<Zone>(map.columns);
  for (const { zone, from, to } of zones) {
    perColumn.fill(zone, from, to);
  }
  return perColumn;
}

function row(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
