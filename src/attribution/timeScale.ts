import { formatNumber } from '../format.ts';
import type { StepTimes } from './explanation.ts';
import { timeTicks } from './timeTicks.ts';

/** Longer numbers are counted from the start of the series: 1700000000.25 does not fit under a tick. */
const longest = 6;

/** The step axis in the time of the file: columns stand evenly, ticks stand where their time is. */
export class TimeScale {
  /** Columns that have a time, in their order. */
  readonly #columns: readonly number[];
  readonly #start: number;

  constructor(readonly time: StepTimes) {
    this.#columns = [...time.values.keys()].filter((column) => Number.isFinite(time.values[column]));
    const [first = 0, last = 0] = [this.#columns.at(0), this.#columns.at(-1)].map(
      (column) => time.values[column ?? 0]!,
    );
    const span = last - first;
    const size = Math.max(Math.abs(first), Math.abs(last));
    const isLong = time.kind === 'number' && span > 0 && Math.log10(size / span) + 2 > longest;
    this.#start = isLong ? first : 0;
  }

  /** `t (s)`, `timestamp, from 1700000000 s`. */
  get title(): string {
    const { name, unit, kind } = this.time;
    if (this.#start !== 0) return `${name}, from ${this.#start}${unit ? ` ${unit}` : ''}`;
    return unit ? `${name} (${unit})` : kind === 'date' ? `${name} (UTC)` : name;
  }

  /** What stands under the axis: the unit, else the name. */
  get shortTitle(): string {
    const { name, unit } = this.time;
    return unit ?? name;
  }

  /** When a column was, with its unit; null where it has no time. */
  at(column: number): string | null {
    const value = this.time.values[column];
    if (value === undefined || !Number.isFinite(value)) return null;
    const { kind, unit } = this.time;
    if (kind === 'date')
      return new Date(value)
        .toISOString()
        .replace('T', ' ')
        .replace(/(\.000)?Z$/, '');
    if (kind === 'clock') return timeTicks('clock', [value, value], 1).label(value);
    return this.#number(value) + (unit ? ` ${unit}` : '');
  }

  /** `0–0.94 s`, the first and last column included; null where an end has no time. */
  between(first: number, last: number): string | null {
    const [from, to] = [this.at(first), this.at(last)];
    if (from === null || to === null) return null;
    const { unit, kind } = this.time;
    const day = (text: string) => text.slice(0, 10);
    if (kind === 'date' && day(from) === day(to)) return `${from.slice(11)}–${to.slice(11)}`;
    return first === last ? to : `${unit ? from.slice(0, -unit.length - 1) : from}–${to}`;
  }

  /** Ticks between two column edges, at most so many, in columns; none on padding. */
  ticks(from: number, to: number, most: number): { readonly value: number; readonly label: string }[] {
    const { values, kind } = this.time;
    const seen = this.#columns.filter((column) => column > from - 1 && column < to);
    if (!seen.length) return [];
    const [first, last] = [values[seen[0]!]!, values[seen.at(-1)!]!];
    const wanted = Math.max(1, Math.round((most * (seen.at(-1)! - seen[0]! + 1)) / (to - from)));
    const { values: times, label } = timeTicks(kind, [first, last], wanted, this.#start);
    const apart = ((to - from) / most) * 0.6;
    const ticks: { value: number; label: string }[] = [];
    for (let i = 0, next = 0; next < times.length; next++) {
      const time = times[next]!;
      while (i < seen.length - 1 && values[seen[i + 1]!]! <= time) i++;
      const here = seen[i]!;
      const there = seen[i + 1] ?? here;
      const gap = values[there]! - values[here]!;
      const value = here + (gap > 0 ? ((there - here) * (time - values[here]!)) / gap : 0);
      // Where much time passes between two steps its ticks would stand upon each other.
      if (ticks.length && value - ticks.at(-1)!.value < apart) continue;
      ticks.push({ value, label: label(time) });
    }
    return ticks;
  }

  /** The shortest and the longest time between two steps that follow each other, where they differ by more than a tenth. */
  get uneven(): string | null {
    const { values } = this.time;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 1; i < this.#columns.length; i++) {
      if (this.#columns[i]! - this.#columns[i - 1]! !== 1) continue;
      const gap = values[this.#columns[i]!]! - values[this.#columns[i - 1]!]!;
      [least, most] = [Math.min(least, gap), Math.max(most, gap)];
    }
    if (!(most > least * 1.1)) return null;
    const { kind, unit } = this.time;
    const [size, name] = kind === 'date' ? [1000, 's'] : [1, kind === 'clock' ? 's' : unit];
    return `${formatNumber(least / size)} to ${formatNumber(most / size)}${name ? ` ${name}` : ''}`;
  }

  #number(value: number): string {
    if (this.#start !== 0) return `+${formatNumber(value - this.#start)}`;
    return formatNumber(value);
  }
}
