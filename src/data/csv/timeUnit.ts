import type { TimeColumn } from '../dataset.ts';
import { kindOfTime, type TimeReading } from './timeCell.ts';

const usual: Readonly<Record<string, string>> = {
  ...{ s: 's', sec: 's', secs: 's', second: 's', seconds: 's' },
  ...{ ms: 'ms', msec: 'ms', millis: 'ms', milliseconds: 'ms' },
  ...{
    us: 'µs',
    µs: 'µs',
    μs: 'µs',
    micros: 'µs',
    microseconds: 'µs',
    ns: 'ns',
    nanos: 'ns',
    nanoseconds: 'ns',
  },
  ...{
    min: 'min',
    minute: 'min',
    minutes: 'min',
    h: 'h',
    hour: 'h',
    hours: 'h',
    d: 'd',
    day: 'd',
    days: 'd',
  },
};

/** The time column as people are told of it; the unit from the row of units, else from the name: `time_ms`, `t [s]`, `seconds`. */
export function timeColumn(name: string, reading: TimeReading, unitCell?: string): TimeColumn | undefined {
  const kind = kindOfTime(reading);
  if (kind === 'text') return undefined;
  if (kind !== 'number') return { name, kind };
  const words = name.split(/[^\p{L}]+/u).filter((word) => word !== '');
  const said = unitCell?.replace(/[()[\]{}\s]/g, '') || words.at(-1);
  const unit = said === undefined ? undefined : usual[said.toLowerCase()];
  // A column that is called by one letter alone is called so, it is no unit.
  const isName = unitCell === undefined && words.length === 1 && words[0]!.length === 1;
  return { name, kind: 'number', ...(unit !== undefined && !isName && { unit }) };
}
