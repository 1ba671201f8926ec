import {
  type Alignment,
  type Group,
  type Grouping,
  type Overview,
  type OverviewInstance,
  type Scale,
  scales,
} from '../../overview/overview.ts';
import { columnName } from '../../overview/words.ts';
import { csvNumber, csvRow, csvText } from '../../surfaces/csv.ts';

/** Rows that are written at once: a million of them are longer than JavaScript's longest text. */
const AT_ONCE = 512;

/**
 * One row per instance: answer, length, shares, why it is an outlier, and the importance of every feature. Piece by
 * piece, so that no more than some rows are held as text.
 */
export function* instancesCsv(overview: Overview): Generator<string> {
  const { instances, importance, features, classes, outliers } = overview;
  const names = features ?? [];
  const reasons = new Map(outliers.map((outlier) => [outlier.instance, outlier.reasons]));
  const head = [
    ...['case', 'index', 'label', 'predicted', 'probability', 'correct', 'length'],
    ...['real_share', 'mixed_share', 'empty_share', 'padded_positions', 'level', 'outlier', 'reasons'],
    ...names.map((name) => `importance_${name}`),
    ...names.map((name) => `share_${name}`),
  ];
  yield csvRow(head.map(written));
  const rowOf = (one: OverviewInstance, i: number): Cell[] => {
    const own = importance.subarray(i * names.length, (i + 1) * names.length);
    const sum = own.reduce((total, value) => total + value, 0);
    const why = reasons.get(i) ?? [];
    return [
      ...[one.id, one.index, one.label, classes[one.predicted]!, one.probability, one.correct, one.length],
      ...[one.zones?.REAL, one.zones?.MIXED, one.zones?.EMPTY, one.paddedPositions, one.level],
      why.map(({ kind }) => kind).join(' '),
      why.map(({ sentence }) => sentence).join(' '),
      ...own,
      ...Array.from(own, (value) => (sum > 0 ? value / sum : null)),
    ];
  };
  for (let from = 0; from < instances.length; from += AT_ONCE) {
    const some = instances.slice(from, from + AT_ONCE);
    yield some.map((one, at) => csvRow(rowOf(one, from + at).map(written))).join('');
  }
}

/** The mean maps of one alignment: a row per group and column, a mean and its standard error per feature; null: all. */
export function mapsCsv(
  overview: Overview,
  by: Grouping | null,
  alignment: Alignment,
  scale: Scale | null,
): string {
  const names = overview.features ?? ['map'];
  const head = [
    ...['group', 'by', 'alignment', 'scale', 'column', 'position', 'instances'],
    ...names.map((name) => `mean_${name}`),
    ...names.map((name) => `error_${name}`),
  ];
  const rows = overview.groups
    .filter((group) => by === null || group.by === by)
    .flatMap((group) =>
      scales
        .filter((each) => scale === null || each === scale)
        .flatMap((each) => mapRows(group, overview, alignment, each)),
    );
  return table(head, rows);
}

function mapRows(group: Group, { stepsPerColumn }: Overview, alignment: Alignment, scale: Scale): Cell[][] {
  const { rows, columns, mean, error, n } = group.maps[alignment][scale];
  return Array.from({ length: columns }, (_, column) => {
    const at = (values: Float32Array) =>
      Array.from({ length: rows }, (_, row) => values[row * columns + column]!);
    const position = columnName({ alignment, columns, stepsPerColumn }, column);
    return [
      ...[group.name, group.by, alignment, scale, column, position, n[column]!],
      ...at(mean),
      ...at(error),
    ];
  });
}

/** The feature rankings: a row per group, scale and feature. Only a head for a layer without features. */
export function rankingCsv(overview: Overview): string {
  const head = [
    'group',
    'by',
    'scale',
    'place',
    'feature',
    'importance',
    'low',
    'high',
    'rank_low',
    'rank_high',
    'instances',
  ];
  const rows = overview.groups.flatMap((group) =>
    Object.entries(group.ranking ?? {}).flatMap(([scale, { features, n }]) =>
      features.map(({ feature, value, interval, ranks }, place): Cell[] => [
        ...[group.name, group.by, scale, place + 1, overview.features![feature]!, value],
        ...[interval?.[0], interval?.[1], ranks?.[0], ranks?.[1], n],
      ]),
    ),
  );
  return table(head, rows);
}

type Cell = string | number | boolean | null | undefined;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((row) => csvRow(row.map(written))).join('');
}

/** What is not there stays empty. */
function written(cell: Cell): string {
  return typeof cell === 'string' ? csvText(cell) : typeof cell === 'boolean' ? `${cell}` : csvNumber(cell);
}
