import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Refusal } from '../../../src/refusal.ts';
import { readText } from '../data/reading.ts';

/** More rows than the columns are understood from. */
const ROWS = 2100;
const SAMPLE = 2000;

interface Kind {
  readonly says: string;
  readonly head: string;
  /** Cells of a row of the first kind; `n` is a number of 1 to 999. */
  readonly row: (at: number, n: number) => string;
  /** The one row that does not go with them. */
  readonly late: (at: number, n: number) => string;
  /** Code of the refusal, the number that stands in the first feature there, or the code of a finding. */
  readonly gives: RegExp | ((n: number) => number) | { readonly finding: string };
}

const decimals = (n: number, sign: string): string => `${n % 10}${sign}${100 + (n % 900)}`;
const at50 = (at: number): string => `c${Math.floor(at / 50)}`;

const kinds: readonly Kind[] = [
  {
    says: 'a decimal comma, then a point before three digits',
    head: 't;a;b',
    row: (at, n) => `${at};${decimals(n, ',')};${n}`,
    late: (at) => `${at};1.234;1`,
    gives: /^ask-thousands$/,
  },
  {
    says: 'the same where points part thousands: nothing open',
    head: 't;a;b',
    row: (at, n) => `${at};1.${100 + (n % 900)},5;${n}`,
    late: (at) => `${at};1.234;1`,
    gives: () => 1234,
  },
  {
    says: 'whole numbers, then a point before three digits',
    head: 't;a;b',
    row: (at, n) => `${at};${n};${n}`,
    late: (at) => `${at};1.234;1`,
    gives: /^ask-thousands$/,
  },
  {
    says: 'decimal points, then one before three digits: nothing open',
    head: 't;a;b',
    row: (at, n) => `${at};${n}.5;${n}`,
    late: (at, n) => `${at};${n}.234;1`,
    gives: (n) => n + 0.234,
  },
  {
    says: 'a decimal point, then a comma',
    head: 't;a;b',
    row: (at, n) => `${at};${n}.5;${n}`,
    late: (at) => `${at};1,5;1`,
    gives: /^not-numeric$/,
  },
  {
    says: 'labels by look, then a real number',
    head: '',
    row: (at, n) => `${at % 3},${n}.5,${Array(8).fill(`${n}.25`).join(',')}`,
    late: (_, n) => `0.5,${n}.5,${Array(8).fill(`${n}.25`).join(',')}`,
    gives: /^ask-label-late$/,
  },
  {
    says: 'a blank column, then numbers',
    head: 'case,t,a,b',
    row: (at, n) => `${at50(at)},${at % 50},${n}.5,`,
    late: (at, n) => `${at50(at)},${at % 50},${n}.5,${n}`,
    gives: /^ask-column-late$/,
  },
  {
    says: 'one word throughout, then another',
    head: 't,state,a,b',
    row: (at, n) => `${at},rest,${n}.5,${n}.25`,
    late: (at, n) => `${at},walk,${n}.5,${n}.25`,
    gives: /^ask-continuous-recording$/,
  },
  {
    says: 'numbers, then a word for a missing one',
    head: 'case,t,a,b',
    row: (at, n) => `${at50(at)},${at % 50},${n}.5,${n}`,
    late: (at, n) => `${at50(at)},${at % 50},${['NA', '?', '', 'inf'][n % 4]},${n}`,
    gives: /^missing-value$/,
  },
  {
    says: 'numbers, then one that devices write for a missing one',
    head: 'case,t,a,b',
    row: (at, n) => `${at50(at)},${at % 50},${n % 90}.5,${n}`,
    late: (at, n) => `${at50(at)},${at % 50},-9999,${n}`,
    gives: { finding: 'sentinel-values' },
  },
  {
    says: 'a time in numbers, then a clock',
    head: 't,a,b',
    row: (at, n) => `${at},${n}.5,${n}`,
    late: (_, n) => `10:00:01,${n}.5,${n}`,
    gives: /^bad-time$/,
  },
  {
    says: 'the names once more, another delimiter, a remark, a note below the table',
    head: 't,a,b',
    row: (at, n) => `${at},${n}.5,${n}`,
    late: (at, n) => ['t,a,b', `${at};${n}.5;${n}`, 'pause', 'Mean,,3'][n % 4]!,
    gives: /^(bad-time|ragged-row|missing-value)$/,
  },
  {
    says: 'a line with a comment sign',
    head: 't,a,b',
    row: (at, n) => `${at},${n}.5,${n}`,
    late: (_, n) => `# pause ${n}`,
    gives: { finding: 'remarks-left-out' },
  },
];

describe('reading: a row beyond those that the columns are understood from', () => {
  for (const { says, head, row, late, gives } of kinds) {
    it(says, () =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: SAMPLE + 1, max: ROWS - 1 }),
          fc.integer({ min: 1, max: 899 }),
          async (where, seed) => {
            const n = (at: number): number => 1 + ((at * 389 + seed) % 997);
            const rows = Array.from({ length: ROWS }, (_, at) => (at === where ? late : row)(at, n(at)));
            const text = `${head === '' ? '' : `${head}\n`}${rows.join('\n')}\n`;
            const line = where + (head === '' ? 1 : 2);
            const dataset = await readText(text).catch((error: unknown) => {
              assert.ok(error instanceof Refusal, String(error));
              assert.ok(gives instanceof RegExp, error.message);
              assert.match(error.code, gives);
              assert.equal(error.place?.line, line);
              assert.match(error.message, new RegExp(`line ${line}\\b`));
              return undefined;
            });
            if (!dataset) return;
            assert.ok(!(gives instanceof RegExp), 'nothing was said');
            if (typeof gives === 'function')
              assert.equal(dataset.instances[0]!.values[where], gives(n(where)));
            else assert.ok(dataset.findings.some(({ code }) => code === gives.finding));
          },
        ),
        { numRuns: 4 },
      ),
    );
  }
});
