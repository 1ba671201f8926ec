import type { CsvContext } from '../rowSink.ts';
import type { WatchedRow } from './watch.ts';

/** What the rows of one instance share, where columns name it; '' in a file that holds one. */
export function instanceKey({ plan }: CsvContext, row: WatchedRow): string {
  return plan.case.map((column) => row.text(column)).join('\n');
}
