import { lastNumber } from './lastNumber.ts';
import { numberedColumns, orderOf } from './stepNames.ts';
import { BACKWARDS } from './stepOrder.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** A feature of rows that are windows, its columns 0-based. */
export interface FlatFeature {
  readonly name: string;
  /** In the order of the steps. */
  readonly columns: readonly number[];
}

/** Features with as many columns each, in file order. */
export interface FlatGroups {
  readonly features: readonly FlatFeature[];
  /** How the numbers of the steps run in the file; sorted: they stood otherwise and are put in order. */
  readonly order: 'up' | 'down' | 'sorted';
  /** Every name says that its number is that of a step: x_t0, x_lag_3. */
  readonly saysSteps: boolean;
}

/** A name of a step: x(t-3) is feature x, number 3 behind a minus. */
interface StepName {
  readonly column: number;
  readonly feature: string;
  readonly number: number;
  readonly minus: boolean;
  /** Says that it counts back from now. */
  readonly lag: boolean;
  /** Says that its number is that of a step. */
  readonly counted: boolean;
  /** What stands on either side of the number. */
  readonly parts: readonly string[];
  /** What the step of now is called, without a number. */
  readonly now: readonly string[];
}

/** Fewer steps under one name are rather sensors with numbers. */
export const FEWEST_STEPS = 8;
/** Between the name of a feature and the number: x_t0, x(t-3), x_lag_3. */
const WORDS =
  /(?<=[\p{L}\p{N}])((?:[_.\- ([]+(?:t|step|time|ts|lags?|minus|shift|prev|previous))+)[_.\-+ ([]*$/iu;
const ENDING = /(?<![ _.\-+[(])[ _.\-+[(]+$/;
/** x_m3, x_l3 */
const SHORT = /[_. ([][ml]$/i;
/** L3.x, lag(x, 3) */
const FIRST = /^(l|lags?|shift)([(]|$)/i;
const SIGN = /(?<![-−+_. ])[-−+_. ]+$/;
/** Behind the number: x_3_ago, x_3h_ago. */
const AGO = /^((ms|s|sec|min|h|hours?|d|days?|steps?)[ _.-]?)?(ago|back|before|earlier)$/i;
/** Behind a minus and a number. */
const UNIT = /^(ms|s|sec|min|h|hours?|d|days?|steps?)$/i;
/** The number of t0_x, lag3_x1, L3.x is that of the step. */
const LEADING = /^((?:t|time|step|timestep|lag|l)[ _.\-([]*)(\d+)([ _.\-)\]].*)$/i;

/**
 * Columns whose names are those of a feature and a number each, as many for one feature as for another.
 * @param columns 0-based, in file order
 * @returns undefined where the names are not like that
 */
export function flatGroups(names: readonly string[], columns: readonly number[]): FlatGroups | undefined {
  // 0.95, 1.00 are times: what stands before the point is no feature.
  const isTimed = numberedColumns(names, columns)?.numbers.some((number) => number % 1 !== 0);
  if (isTimed) return undefined;
  return (
    grouped(names, columns, (column) => trailing(names[column]!, column)) ??
    grouped(names, columns, (column) => leading(names[column]!, column))
  );
}

function grouped(
  names: readonly string[],
  columns: readonly number[],
  cut: (column: number) => StepName | undefined,
): FlatGroups | undefined {
  const groups = new Map<string, StepName[]>();
  for (const column of columns) {
    const name = cut(column);
    if (name) groups.set(name.feature, [...(groups.get(name.feature) ?? []), name]);
  }
  const found = [...groups].filter(([, steps]) => steps.length >= FEWEST_STEPS);
  const numbersOf = (steps: readonly StepName[]): string =>
    steps
      .map(({ number }) => number)
      .toSorted((a, b) => a - b)
      .join(' ');
  const first = found[0] && numbersOf(found[0][1]);
  if (found.length < 2 || !found.every(([, steps]) => numbersOf(steps) === first)) return undefined;
  const taken = new Set(found.flatMap(([, steps]) => steps.map(({ column }) => column)));
  const left = columns.filter((column) => !taken.has(column));
  const nows = nowsOf(names, left, found);
  const whole = nows.every((now) => now !== undefined)
    ? found.map(([name, steps], at) => [name, [...steps, nows[at]!]] as const)
    : found;
  return ordered(whole.map(([name, steps]) => [name, signed(steps)]));
}

/**
 * Of each feature the step without a number: beside x(t-1), x(t-2), …; beside x.1, x.2, … as pandas writes names that come
 * again, and `temp` beside temp_target_lag1, where every feature has one such column.
 */
function nowsOf(
  names: readonly string[],
  left: readonly number[],
  found: readonly (readonly [string, readonly StepName[]])[],
): (StepName | undefined)[] {
  const free = new Set(left);
  return found.map(([feature, steps]) => {
    const [least, next] = steps.toSorted((a, b) => a.number - b.number) as [StepName, StepName];
    // x -5min, x -10min: now is one step before the least.
    if (least.number === 0 || least.number !== next.number - least.number) return undefined;
    const isOne = (column: number): boolean => {
      const name = names[column]!.trim();
      return least.now.includes(name) || name === feature;
    };
    const alike = left.filter((column) => {
      const name = names[column]!.trim();
      return least.parts.includes(name) || isPartOf(name, feature);
    });
    const column =
      [...free].find(isOne) ?? (alike.length === 1 && free.has(alike[0]!) ? alike[0] : undefined);
    if (column === undefined) return undefined;
    free.delete(column);
    return { ...least, column, number: 0, minus: false };
  });
}

/** `temp` of `temp_target` and of `lag(temp, …)`. */
function isPartOf(name: string, feature: string): boolean {
  const words = (text: string): string =>
    wordsIn(text)
      .filter((word) => !BACKWARDS.test(word))
      .join(' ');
  const [part, whole] = [words(name), words(feature)];
  return part !== '' && (whole === part || whole.startsWith(`${part} `));
}

/** In file order. t-2, t-1, t+0: signs; x-1, x-2: a hyphen. */
function signed(steps: readonly StepName[]): StepName[] {
  const isSigned = steps.some(({ minus }) => minus) && !steps.every(({ minus }) => minus);
  return steps
    .map((step) => (isSigned && step.minus ? { ...step, number: -step.number } : step))
    .toSorted((a, b) => a.column - b.column);
}

/**
 * Names that count down stand as they do where they count back from now: they say so, or they end at 0 or 1 in every
 * feature behind one and the same word, which does not say that the numbers are those of steps.
 */
function ordered(found: readonly (readonly [string, readonly StepName[]])[]): FlatGroups {
  const orders = new Set(found.map(([, steps]) => orderOf(steps.map(({ number }) => number))));
  const [only = 'other'] = orders.size === 1 ? orders : [];
  const isLag = found.every(([, steps]) => steps.every(({ number, lag }) => lag || number === 0));
  const endsNow =
    found.every(([, steps]) => steps.at(-1)!.number <= 1 && !steps.some(({ counted }) => counted)) &&
    lastWords(found.map(([name]) => name)).size === 1;
  const stands = only === 'up' || (only === 'down' && (isLag || endsNow));
  const features = found.map(([name, steps]) => ({
    name,
    columns: (stands ? steps : steps.toSorted((a, b) => a.number - b.number)).map(({ column }) => column),
  }));
  const saysSteps = found.every(([, steps]) =>
    steps.every(({ number, lag, counted }) => lag || counted || number === 0),
  );
  return { features, order: stands ? only : 'sorted', saysSteps };
}

function trailing(name: string, column: number): StepName | undefined {
  const parts = lastNumber(name);
  if (!parts) return undefined;
  const { before, number, after } = parts;
  const rest = after.replace(/^[ _.\-\])]+/, '');
  if (isStepPrefix(before) && after !== '') {
    const step = {
      number: Number(number),
      minus: false,
      lag: false,
      counted: before !== '',
      parts: [],
      now: [],
    };
    return { column, feature: rest.trim(), ...step };
  }
  const minus = /[-−]$/.test(before);
  const isAgo = AGO.test(rest);
  const words = WORDS.exec(before)?.[1];
  const bare = words === undefined ? before.replace(ENDING, '') : before.slice(0, before.search(WORDS));
  const behind = isAgo || (minus && UNIT.test(rest)) ? '' : rest;
  const lag = minus || isAgo || BACKWARDS.test(before) || SHORT.test(before) || FIRST.test(before);
  const now = before.replace(SIGN, '');
  return {
    column,
    feature: `${bare}${behind}`.trim(),
    number: Number(number),
    minus,
    lag,
    parts: [bare.trim(), behind.trim()],
    counted: words !== undefined && !lag,
    now: lag || before.endsWith('.') ? [`${now}${after}`.trim(), `${bare}${behind}`.trim()] : [],
  };
}

function leading(name: string, column: number): StepName | undefined {
  const parts = LEADING.exec(name.trim());
  const [, before, number, after] = parts ?? [];
  if (after === undefined || !/\p{L}/u.test(after)) return undefined;
  const feature = after.replace(/^[ _.\-\])]+/, '').trim();
  const lag = BACKWARDS.test(before!) || /^l/i.test(before!);
  return { column, feature, number: Number(number), minus: false, lag, counted: !lag, parts: [], now: [] };
}

/** What stands behind the name of each feature, as `behind` in temp_behind; where one is a word alone, it shares none. */
function lastWords(features: readonly string[]): ReadonlySet<string | number> {
  return new Set(
    features.map((name, at) => {
      const words = wordsIn(name);
      return words.length > 1 ? words.at(-1)! : at;
    }),
  );
}

function wordsIn(name: string): string[] {
  return name.split(/[ _.,\-()[\]]+/).filter((word) => word !== '');
}
