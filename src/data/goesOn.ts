/** Share of neighbours that are nearer: half of them by chance; of a random walk 0.8. */
export const GOES_ON = 0.62;
/** So many rows apart: primes, as no period of a signal divides them all. */
const ON = [5, 13, 29];
const MOST_PAIRS = 4096;
/** The same of numbers that leave no doubt. */
export const SURELY = 0.75;
const FEWEST_PAIRS = 40;

/** Whether rows are nearer to their neighbours than to those some rows on, which in series sorted by class they are not. */
export function goesOnFromRowToRow(
  number: (row: number, column: number) => number,
  rows: number,
  columns: number,
): boolean {
  const { nearer, all } = neighbours(number, rows, columns);
  return nearer > GOES_ON * all;
}

/** Of neighbours that are nearer than those some rows on; NaN of too few. */
export function shareOfNeighbours(
  number: (row: number, column: number) => number,
  rows: number,
  columns: number,
): number {
  const { nearer, all } = neighbours(number, rows, columns);
  return all < FEWEST_PAIRS ? Number.NaN : nearer / all;
}

/**
 * Whether numbers go on along each row and not from row to row: rows are series then, whatever stands beside them. Of too few
 * rows or columns nothing is said.
 */
export function goesOnAlongRows(
  number: (row: number, column: number) => number,
  rows: number,
  columns: number,
): boolean {
  const down = neighbours(number, rows, columns);
  const along = neighbours((column, row) => number(row, column), columns, rows);
  return (
    Math.min(down.all, along.all) >= FEWEST_PAIRS &&
    down.nearer <= GOES_ON * down.all &&
    along.nearer >= SURELY * along.all
  );
}

function neighbours(
  number: (row: number, column: number) => number,
  rows: number,
  columns: number,
): { readonly nearer: number; readonly all: number } {
  const pairs = Math.min(MOST_PAIRS, (rows - 1) * columns);
  let [nearer, all] = [0, 0];
  for (let k = 0; k < pairs; k++) {
    const row = Math.floor((k * (rows - 1)) / pairs);
    const on = row + ON[k % ON.length]!;
    if (on >= rows) continue;
    const [here, next, other] = [row, row + 1, on].map((one) => number(one, k % columns));
    const [beside, away] = [Math.abs(next! - here!), Math.abs(other! - here!)];
    if (Number.isNaN(beside) || beside === away) continue;
    all++;
    if (!(beside > away)) nearer++;
  }
  return { nearer, all };
}
