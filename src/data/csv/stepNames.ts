import { lastNumber } from './lastNumber.ts';
import type { Sample } from './sample.ts';

/** Columns that are named alike, by one stem and a number each, in file order. */
export interface NumberedColumns {
  readonly stem: string;
  readonly columns: readonly number[];
  /** Of each; NaN where the names are dates or times of day, which are taken in file order. */
  readonly numbers: readonly number[];
  /** All have a minus before their number. */
  readonly minus: boolean;
  /** Those of `columns` asked about whose names are not like that. */
  readonly others: readonly number[];
}

/** Fewer columns are features rather than steps. */
const FEWEST = 8;
/** Of the steps: more columns with other names are no mere ids and notes beside them. */
const MOST_OTHERS = 0.25;

/** What parts the name of a feature from the number of a lag, or of a name that comes again: x., x_lag_, x_l */
const LAGGED = /(\.|[_. ([-]{1,2}(lags?|minus|shift|prev|previous|l|m)[_. ([-]{0,2})$/i;
/** lag_1_x without its number. */
const LEADING_LAG = /^lags?[_. -]+(\p{L}.*)$/iu;
const PLAIN = /^[-+.\d]+(e[-+]?\d+)?$/i;
const UNIT = /(ms|s|nm|h)$/i;
/** Hours as a name says them. */
const HOUR = /^\d{1,2}\s?h$/i;
/** `t_0.05`, `time=1.5` */
const TIMED = /^((?:t|time|step|timestep)[ _.=-]?)(\d+\.\d+)$/i;
/** As English, German and French calendars begin them. */
const MONTHS = 'jan f[eé][bv] m[aä]r a[pv]r ma[iy] jui?n jui?l a[uo][gû] sep o[ck]t nov d[eé][cz]'
  .split(' ')
  .map((month) => new RegExp(`^${month}\\p{L}*\\.?$`, 'iu'));
const DATE = /^\d{1,4}[-/.:]\d{1,2}([-/.: T]\d+)*$/;

interface Named {
  readonly column: number;
  readonly number: number;
  readonly sign: string;
}

/** The columns of numbers that are named alike, where they are many and the others few; undefined where none are. */
export function numberedColumns(
  names: readonly string[],
  columns: readonly number[],
  fewest = FEWEST,
): NumberedColumns | undefined {
  const groups = new Map<string, Named[]>();
  for (const column of columns) {
    const { stem, ...named } = cut(names[column]!, column);
    if (stem === undefined) continue;
    const group = groups.get(stem) ?? [];
    group.push(named);
    groups.set(stem, group);
  }
  const [largest] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  if (!largest || largest[1].length < fewest) return undefined;
  const [stem, group] = largest;
  // pandas names columns that were all called x so: x, x.1, x.2, …; series_to_supervised writes …, x(t-2), x(t-1), x(t).
  const isLag = group.every(({ sign }) => sign === '-');
  const zero = isLag ? stem : LAGGED.test(stem) ? stem.replace(LAGGED, '') : LEADING_LAG.exec(stem)?.[1];
  const bare = columns.filter((column) => names[column]!.trim() === zero?.trim()).slice(0, 1);
  const all = [...bare.map((column) => ({ column, number: 0, sign: '' })), ...group].sort(
    (a, b) => a.column - b.column,
  );
  if (isScattered(all.map(({ number }) => number))) return undefined;
  const taken = new Set(all.map(({ column }) => column));
  const others = columns.filter((column) => !taken.has(column));
  if (others.length > MOST_OTHERS * taken.size) return undefined;
  // t-2, t-1, t+0: signs; x-1, x-2: a hyphen.
  const isSigned = all.some(({ sign }) => sign === '-') && all.some(({ sign }) => sign !== '-');
  return {
    stem,
    columns: all.map(({ column }) => column),
    numbers: all.map(({ number, sign }) => (isSigned && sign === '-' ? -number : number)),
    minus: all.every(({ sign }) => sign === '-'),
    others,
  };
}

/** Whether the name is a date or a time of day. */
export function isTimeOfDay(name: string): boolean {
  return DATE.test(name.trim()) || HOUR.test(name.trim());
}

/** Numbers that leave out more than they name are no numbers of steps: F31, F32, …, F310 are two channels of ten. */
function isScattered(numbers: readonly number[]): boolean {
  const lacking = stepsWithGaps(numbers).reduce((sum, { step }) => sum + Math.max(0, step - 1), 0);
  return lacking > numbers.length / 2;
}

/** How the numbers run from name to name. */
export function orderOf(numbers: readonly number[]): 'up' | 'down' | 'other' | 'none' {
  if (numbers.some(Number.isNaN) || new Set(numbers).size < numbers.length) return 'none';
  const ups = numbers.filter((number, at) => at > 0 && number > numbers[at - 1]!).length;
  return ups === numbers.length - 1 ? 'up' : ups === 0 ? 'down' : 'other';
}

/** The whole numbers that lack between numbers that else go on by one; none where as many lack as there are. */
export function gapsIn(numbers: readonly number[]): number[] {
  const steps = stepsWithGaps(numbers);
  // A name may hold any number.
  if (steps.reduce((sum, { step }) => sum + Math.max(0, step - 1), 0) > numbers.length) return [];
  return steps.flatMap(({ from, step }) => Array.from({ length: step - 1 }, (_, more) => from + 1 + more));
}

/** From each number to the next, where most go on by one and some by more. */
function stepsWithGaps(numbers: readonly number[]): { readonly from: number; readonly step: number }[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  if (!sorted.every(Number.isInteger)) return [];
  const steps = sorted.slice(1).map((number, at) => ({ from: sorted[at]!, step: number - sorted[at]! }));
  const ones = steps.filter(({ step }) => step === 1).length;
  return ones === steps.length || ones < 0.75 * steps.length ? [] : steps;
}

function cut(name: string, column: number): Named & { readonly stem: string | undefined } {
  const text = name.trim();
  const bare = text.replace(UNIT, '').trimEnd();
  if (PLAIN.test(bare) && Number.isFinite(Number(bare)))
    return { column, stem: '', number: Number(bare), sign: '' };
  if (DATE.test(text)) return { column, stem: ':', number: Number.NaN, sign: '' };
  const timed = TIMED.exec(bare);
  if (timed) return { column, stem: timed[1]!, number: Number(timed[2]), sign: '' };
  const parts = lastNumber(text);
  if (!parts) {
    const month = MONTHS.findIndex((one) => one.test(text));
    const found = month < 0 ? { stem: undefined, number: Number.NaN } : { stem: 'month', number: month };
    return { column, ...found, sign: '' };
  }
  const sign = /(?<=^|[\p{L}\p{N}_ ([])[+-]$/u.exec(parts.before)?.[0] ?? '';
  const stem = `${sign ? parts.before.slice(0, -1) : parts.before}${parts.after}`;
  return { column, stem, number: Number(parts.number), sign };
}

/** Whether one feature is named that is no column of steps: that of rows which are one series each, as `train` calls it. */
export function namesTheOne(sample: Sample, features: readonly string[] | undefined): boolean {
  const [name, ...others] = features ?? [];
  if (name === undefined || others.length > 0 || sample.names.includes(name)) return false;
  const numbers = sample.numeric(new Set());
  return (numberedColumns(sample.names, numbers)?.columns.length ?? 0) >= FEWEST;
}
