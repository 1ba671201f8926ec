/** A unit of dates. */
export interface CalendarLevel {
  readonly names: string;
  readonly least: number;
  readonly most: number;
}

/** From the coarsest on; names in lower case without signs. */
export const LEVELS: readonly CalendarLevel[] = [
  { names: 'year yr yyyy yy jahr année annee año ano anno jaar rok', least: 0, most: 2999 },
  { names: 'month mon mo mm monat mois mes mese maand', least: 1, most: 12 },
  { names: 'day dy dd dayofmonth tag jour día dia giorno dag', least: 1, most: 31 },
  { names: 'hour hr hh h stunde heure hora ora uur', least: 0, most: 24 },
  { names: 'minute min mi mn minuten minuto minuut', least: 0, most: 59 },
  { names: 'second sec ss s sekunde seconde segundo', least: 0, most: 61 },
];
const YEAR = 0;
/** In place of month and day. */
export const DAY_OF_YEAR: CalendarLevel = { names: 'doy dayofyear yday jday julianday', least: 1, most: 366 };
/** A part of a date: which of its levels a column holds. */
export interface CalendarPart {
  readonly column: number;
  readonly level: number;
}

/**
 * One number for a date in parts, larger for a later one.
 * @param number of a column
 */
export function calendarTime(parts: readonly CalendarPart[], number: (column: number) => number): number {
  return parts.reduce((sum, { column, level }) => sum * (levelOf(level).most + 1) + number(column), 0);
}

/** A year ends, or a day, where no coarser column says which. */
export function beginsAnew(parts: readonly CalendarPart[], before: number, now: number): boolean {
  const { level } = parts[0]!;
  if (level === YEAR) return false;
  const whole = parts.slice(1).reduce((sum, part) => sum * (levelOf(part.level).most + 1), 1);
  const [last, first] = [Math.floor(before / whole), Math.floor(now / whole)];
  return last >= levelOf(level).most - 1 && first <= levelOf(level).least;
}

/** @param level its place, that of a day of the year behind the others */
export function levelOf(level: number): CalendarLevel {
  return LEVELS[level] ?? DAY_OF_YEAR;
}
