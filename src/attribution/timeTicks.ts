import type { StepTimes } from './explanation.ts';

/** Round times between two others, and how they are written. */
interface TimeTicks {
  readonly values: readonly number[];
  readonly label: (value: number) => string;
}

const second = 1000;
const day = 86_400 * second;
const roundSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const roundDays = [1, 2, 7, 14];
const roundMonths = [1, 2, 3, 6, 12];

/** About `most` ticks, never more. @param start what long numbers are counted from */
export function timeTicks(
  kind: StepTimes['kind'],
  [from, to]: readonly [number, number],
  most: number,
  start = 0,
): TimeTicks {
  const least = (to - from) / Math.max(1, most);
  if (kind === 'number') {
    const step = roundStep(least);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return {
      values: evenly(from - start, to - start, step).map((value) => value + start),
      label: (value) => (start === 0 ? '' : '+') + minus((value - start).toFixed(Math.min(digits, 20))),
    };
  }
  if (kind === 'clock') {
    const step = clockStep(least);
    return { values: evenly(from, to, step), label: (value) => clockTime(value, step) };
  }
  if (least > 14 * day) return monthTicks(from, to, least);
  const days = roundDays.find((each) => least > 43_200 * second && each * day >= least);
  const step = days === undefined ? clockStep(least / second) * second : days * day;
  return { values: evenly(from, to, step), label: (value) => dateTime(value, step) };
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function roundStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

function clockStep(seconds: number): number {
  return seconds <= 0.5 ? roundStep(seconds) : (roundSeconds.find((each) => each >= seconds) ?? 86_400);
}

function evenly(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, Math.min(count, 1000)) }, (_, i) => (first + i) * step);
}

function monthTicks(from: number, to: number, least: number): TimeTicks {
  const wanted = least / (30.4 * day);
  const months = roundMonths.find((each) => each >= wanted * 0.9) ?? 12 * roundStep(wanted / 12);
  const start = new Date(from);
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  const values = Array.from({ length: 1000 }, (_, i) => Date.UTC(0, first + i * months)).map((value) =>
    // Date.UTC takes the years 0 to 99 for those of the twentieth century.
    new Date(value).setUTCFullYear(new Date(value).getUTCFullYear() - 1900),
  );
  return {
    values: values.filter((value) => value >= from && value <= to),
    label: (value) => new Date(value).toISOString().slice(0, months % 12 === 0 ? 4 : 7),
  };
}

function dateTime(value: number, step: number): string {
  const text = new Date(value).toISOString();
  if (step >= day) return text.slice(0, 10);
  if (step >= 60 * second) return text.slice(11, 16);
  return text.slice(11, step >= second ? 19 : 23);
}

function clockTime(value: number, step: number): string {
  const whole = Math.floor(value + 1e-9);
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  const digits = step < 1 ? (value - whole).toFixed(Math.min(6, Math.ceil(-Math.log10(step)))).slice(1) : '';
  return `${hours}:${rest}${digits}`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
