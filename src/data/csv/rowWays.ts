import type { Alternative } from '../reading/readingPlan.ts';
import type { Plan } from './plan.ts';
import { numberedColumns } from './stepNames.ts';

/** A label in every row, columns numbered as steps are, and nothing that counts steps or cases: a row may be a series. */
export function rowWays({ time, case: cases, features, label, names }: Plan): Alternative[] {
  const columns = features.map(({ column }) => column);
  const isNumbered = numberedColumns(names, columns, 2)?.others.length === 0;
  if (time !== null || cases.length > 0 || label === null || !isNumbered) return [];
  return [
    {
      label: `each row is a series of ${features.length} steps`,
      patch: { data: { label: names[label]!, layout: 'wide' } },
    },
  ];
}
