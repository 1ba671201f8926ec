import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import type { Alternative, ReadingPlan } from '../reading/readingPlan.ts';
import { stepRange } from '../reading/stepRange.ts';
import type { Dialect } from './dialect.ts';
import { type Plan, roleOf } from './plan.ts';
import type { TableForm } from './tableForm.ts';

const listedReason = 'attribution.json lists it under "features"';
const mostCells = 40;
const longestCell = 24;

/** How a text table was read, with the reason of every column. */
export function planOfTable(
  file: string,
  {
    plan,
    form,
    dialect,
    decimalComma,
    rows,
  }: {
    plan: Plan;
    form: TableForm;
    dialect: Dialect;
    decimalComma: boolean;
    rows: readonly (readonly string[])[];
  },
  { instances, features }: Pick<Dataset, 'instances' | 'features'>,
  options: DataOptions,
): ReadingPlan {
  const first = form.header[0]?.line ?? form.first?.line ?? 1;
  const reasons = {
    feature: 'it holds numbers and has no other role',
    steps: `its numbers are steps of ${plan.layout === 'columns' ? 'a series of its own' : 'the series in the row'}`,
    aside: 'no role was found for it',
  };
  return {
    file,
    format: 'csv',
    layout: plan.layout,
    table: {
      delimiter: dialect.delimiter,
      decimal: decimalComma ? ',' : '.',
      skipped: first - 1,
      header: form.header.map(({ line }) => line),
      ...(form.units && { units: form.units.line }),
    },
    parts: plan.names.map((name, column) => {
      const role = roleOf(plan, column);
      const reason = plan.reasons.get(column);
      return {
        name,
        role,
        reason:
          reason ??
          (options.features?.includes(name) ? listedReason : reasons[role as keyof typeof reasons]) ??
          'by its place among the columns',
      };
    }),
    instances: instances.length,
    steps: stepRange(instances),
    features,
    ...(plan.mask !== null || plan.length !== null
      ? { mask: `column ${plan.names[(plan.mask ?? plan.length)!]}` }
      : {}),
    rows: rows.map((cells) => cells.slice(0, mostCells).map((cell) => cell.trim().slice(0, longestCell))),
    alternatives: alternatives(plan, options),
  };
}

/** What was inferred, taken back: each choice that no setting has made. */
function alternatives(plan: Plan, options: DataOptions): Alternative[] {
  const name = (column: number): string => plan.names[column]!;
  const found: Alternative[] = [];
  const without = (role: 'time' | 'label'): void => {
    const column = plan[role];
    if (column !== null && options[role] === undefined) {
      found.push({ label: `column ${name(column)} is no ${role}`, patch: { data: { [role]: null } } });
    }
  };
  without('time');
  without('label');
  if (options.layout === undefined) {
    if (plan.layout === 'long') {
      found.push({ label: 'all rows are one recording', patch: { data: { layout: 'single' } } });
    }
    if (plan.layout === 'wide') {
      found.push({ label: 'rows are the steps of one recording', patch: { data: { layout: 'single' } } });
    }
  }
  return found;
}
