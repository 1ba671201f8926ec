import type { Finding } from '../../finding.ts';

/** How many intervals of an instance are looked at; the smallest counts, as gaps do not make it smaller. */
export const INTERVALS_LOOKED_AT = 8;
/** Sampling rates of one file are nearer to each other, units are not. */
const OTHER_UNIT = 100;

interface Kept {
  readonly line: number;
  readonly interval: number;
}

/** Whether the clock changes from one instance to the next: seconds here and milliseconds there, a zone here and none there. */
export class ClockChange {
  #least: Kept | undefined;
  #most: Kept | undefined;
  #zoned: number | undefined;
  #unzoned: number | undefined;

  /** The smallest interval of an instance's first steps. @param line of the last of them, 1-based */
  interval(interval: number, line: number): void {
    if (!(interval > 0)) return;
    if (this.#least === undefined || interval < this.#least.interval) this.#least = { line, interval };
    if (this.#most === undefined || interval > this.#most.interval) this.#most = { line, interval };
  }

  /** An instance's first date. @param line where it stands, 1-based */
  date(cell: string, line: number): void {
    if (!cell.includes(':')) return;
    if (/(Z|[+-]\d\d:?\d\d)$/.test(cell)) this.#zoned ??= line;
    else this.#unzoned ??= line;
  }

  findings(fileName: string, column: string): Finding[] {
    const warning = (code: string, sentence: string): Finding => ({ code, severity: 'warning', sentence });
    const [least, most] = [this.#least, this.#most];
    const unit =
      least && most && most.interval >= OTHER_UNIT * least.interval
        ? [
            warning(
              'time-unit-changes',
              `${fileName}: ${column} goes on by ${short(least.interval)} at line ${least.line} and by ${short(most.interval)} at line ${most.line}, as where one instance counts seconds and another milliseconds; steps are taken as they stand, whatever lies between them.`,
            ),
          ]
        : [];
    const zone =
      this.#zoned !== undefined && this.#unzoned !== undefined
        ? [
            warning(
              'time-zone-changes',
              `${fileName}: ${column} has a time zone at line ${this.#zoned} and none at line ${this.#unzoned}; what has none is taken as UTC, so that times of these instances may lie hours apart.`,
            ),
          ]
        : [];
    return [...unit, ...zone];
  }
}

function short(interval: number): string {
  return String(Number(interval.toPrecision(3)));
}
