import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { featureColumns, type NamedColumn } from './featureColumns.ts';
import { labelColumn } from './labelColumn.ts';
import { inferLayout, type Layout } from './layout.ts';
import { namedFor } from './roles.ts';
import type { Sample } from './sample.ts';
import { stepColumns } from './stepColumns.ts';

/** What each column of a CSV file is for. Columns are 0-based positions. */
export interface Plan {
  readonly layout: 'single' | 'long' | 'wide';
  readonly names: readonly string[];
  readonly case: number | null;
  readonly time: number | null;
  readonly label: number | null;
  readonly mask: number | null;
  readonly length: number | null;
  /** Single and long: the feature columns. Wide: the one feature, its column unused. */
  readonly features: readonly NamedColumn[];
  /** Wide: the columns of the steps. */
  readonly steps: readonly number[];
  readonly findings: readonly Finding[];
}

/**
 * Understands the columns: what the options say, else usual names, else what the values look like.
 * @throws Refusal `unknown-column`, `no-features`, `missing-features`, `layout-columns`
 */
export function planColumns(sample: Sample, options: DataOptions): Plan {
  const findings: Finding[] = [];
  const mask = options.maskColumn === undefined ? null : sample.column(options.maskColumn, 'the mask');
  const length =
    options.lengthColumn === undefined ? null : sample.column(options.lengthColumn.column, 'the length');
  const named = (role: 'case' | 'time' | 'label'): number | null | undefined => {
    const name = options[role];
    return typeof name === 'string' ? sample.column(name, `"${role}"`) : name;
  };
  const given = { case: named('case'), time: named('time'), label: named('label') };
  const used = new Set<number>();
  const use = (column: number | null): void => {
    if (column !== null) {
      used.add(column);
    }
  };
  for (const column of [mask, length, given.case, given.time, given.label]) {
    use(column ?? null);
  }
  const free = (role: 'case' | 'time'): number[] =>
    namedFor(role, sample.names).filter(
      (column) =>
        !used.has(column) && !options.features?.includes(sample.names[column]!) && isFilled(sample, column),
    );

  const caseNames = given.case === undefined ? free('case') : [];
  const timeNames = given.time === undefined ? free('time') : [];
  const time = given.time === undefined ? (timeNames[0] ?? null) : given.time;
  use(time);
  const layout = inferLayout(sample, options, { given: given.case, candidates: caseNames, time, used });
  findings.push(...layout.findings);
  use(layout.case);
  for (const column of bookkeeping(
    sample,
    layout,
    [...caseNames, ...timeNames].filter((name) => !used.has(name)),
  )) {
    use(column);
    findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${sample.fileName}: column ${sample.names[column]} left aside (it numbers rows or instances); list it under "features" if it is one.`,
    });
  }
  const label =
    given.label === undefined ? labelColumn(sample, options, { ...layout, used, findings }) : given.label;
  use(label);
  const roles = { case: layout.case, time: layout.layout === 'wide' ? null : time, label, mask, length };
  if (layout.layout === 'wide') {
    if (mask !== null) {
      throw new Refusal(
        'layout-columns',
        `${sample.fileName} has one instance a row, where a mask column cannot say which steps are real; use a length column.`,
      );
    }
    const { features, steps } = stepColumns(sample, options, used, findings);
    return { layout: 'wide', names: sample.names, ...roles, features, steps, findings };
  }
  const features = featureColumns(sample, options, used, findings);
  return { layout: layout.layout, names: sample.names, ...roles, features, steps: [], findings };
}

/** Further columns with a usual name for case or time that only number the instances or the rows. */
function bookkeeping(
  sample: Sample,
  { layout, case: caseColumn }: Layout,
  columns: readonly number[],
): number[] {
  return columns.filter((column) => {
    const { kind, whole, distinct, filled } = sample.profiles[column]!;
    if (kind !== 'numeric' || !whole) {
      return false;
    }
    const numbersInstances =
      layout === 'long' ? sample.constantWithin(caseColumn, column) : distinct === filled;
    return numbersInstances || (layout !== 'wide' && sample.countsWithin(caseColumn, column));
  });
}

function isFilled(sample: Sample, column: number): boolean {
  return sample.profiles[column]?.kind !== 'blank';
}
