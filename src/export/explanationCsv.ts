import type { Explanation, Zone } from '../attribution/explanation.ts';
import { csvRow, csvText } from '../surfaces/csv.ts';
import { jsonNumber } from './jsonNumbers.ts';

/** Header and rows of one explanation. */
export function explanationCsv(explanation: Explanation): string {
  return csvHeader(explanation) + csvRows(explanation);
}

/** First line of the CSV form. */
export function csvHeader(explanation: Explanation): string {
  return csvRow(['case', 'step', 'line', 'zone', ...valueColumns(explanation).map(csvText)]);
}

/** One line per input step; `line` is the data file's, empty on padding. */
export function csvRows(explanation: Explanation): string {
  const { instance, map } = explanation;
  const zones = zonePerColumn(explanation);
  const rows: string[] = [];
  for (let step = 0; step < map.columns; step++) {
    const cells = [csvText(instance.id), `${step}`, `${instance.lines[step] || ''}`, zones[step] ?? ''];
    for (let feature = 0; feature < map.rows; feature++) {
      cells.push(`${jsonNumber(map.values[feature * map.columns + step] as number) ?? 'NaN'}`);
    }
    rows.push(csvRow(cells));
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
