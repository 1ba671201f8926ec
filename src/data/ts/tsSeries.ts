import { count, listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { notNumeric, parseCell } from '../csv/cell.ts';
import { labelIndex } from '../labelIndex.ts';
import type { TsHeader } from './tsHeader.ts';
import { outsideBrackets, timedPairs } from './tsTimes.ts';

/** One line of data: one case. */
interface TsSeries {
  /** [F, L] feature-major, NaN where a value is missing. */
  readonly values: Float64Array;
  readonly dimensions: number;
  readonly length: number;
  readonly label?: string;
  readonly measured?: string;
}

/**
 * Cuts a line into dimensions (by `:`) and values (by `,`); the class, or the number that was measured, comes last.
 * @param where how a refusal calls the line, e.g. `x.ts, line 12`
 * @throws Refusal `ts-dimensions`, `ts-length`, `not-numeric`, `unknown-label`, `ts-timestamps`
 */
export function parseSeries(text: string, header: TsHeader, where: string): TsSeries {
  const parts = (text.includes('(') ? outsideBrackets(text) : text.split(':')).map((part) => part.trim());
  const label = header.classes ? parts.pop() : undefined;
  const found = label === undefined || !header.classes ? 0 : labelIndex(label, header.classes);
  if (label !== undefined && header.classes && (found < 0 || !isNamed(label, header.classes[found]!))) {
    throw new Refusal(
      'unknown-label',
      `${where}: "${shorten(label)}" is not one of the classes in the header (${listed(header.classes, 12)}).`,
    );
  }
  const measured = header.measured ? parts.pop() : undefined;
  if (measured !== undefined && (measured === '' || !Number.isFinite(Number(measured)))) {
    throw new Refusal(
      'not-numeric',
      `${where}: the target "${shorten(measured)}" is not a number, as @targetlabel true says it is.`,
    );
  }
  if (header.dimensions !== null && parts.length !== header.dimensions) {
    throw new Refusal(
      'ts-dimensions',
      `${where}: ${count(header.dimensions, 'dimension')} expected, ${parts.length} found.`,
    );
  }
  return {
    ...parseDimensions(parts, header, where),
    label: label === undefined ? label : header.classes![found],
    ...(measured !== undefined && { measured }),
  };
}

/** 0.0 is the class 0. */
function isNamed(label: string, name: string): boolean {
  return label === name || Number(label) === Number(name);
}

function parseDimensions(
  parts: readonly string[],
  header: TsHeader,
  where: string,
): Omit<TsSeries, 'label' | 'measured'> {
  let values = new Float64Array(0);
  let length = 0;
  let times: readonly string[] | undefined;
  for (const [dimension, part] of parts.entries()) {
    const pairs = part.startsWith('(') ? timedPairs(part, `${where}, dimension ${dimension + 1}`) : undefined;
    const cells = pairs?.values ?? part.split(',');
    if (times && pairs?.times.some((time, step) => time !== times![step])) {
      throw new Refusal(
        'ts-timestamps',
        `${where}: dimension ${dimension + 1} has other times than dimension 1; a step is one time for all dimensions.`,
      );
    }
    times ??= pairs?.times;
    if (dimension === 0) {
      length = cells.length;
      values = new Float64Array(parts.length * length);
    }
    checkLength(cells.length, dimension, length, header, where);
    for (const [step, cell] of cells.entries()) {
      const value = parseCell(cell, false);
      if (value === notNumeric) {
        throw new Refusal(
          'not-numeric',
          `${where}, dimension ${dimension + 1}, step ${step + 1}: "${shorten(cell)}" is not a number.`,
        );
      }
      values[dimension * length + step] = value;
    }
  }
  return { values, dimensions: parts.length, length };
}

function checkLength(found: number, dimension: number, first: number, header: TsHeader, where: string): void {
  if (dimension > 0 && found !== first) {
    throw new Refusal(
      'ts-length',
      `${where}: dimension 1 has ${count(first, 'step')}, dimension ${dimension + 1} has ${found}; all dimensions of a case need the same length.`,
    );
  }
  if (header.seriesLength !== null && found !== header.seriesLength) {
    throw new Refusal(
      'ts-length',
      `${where}: the header says @seriesLength ${header.seriesLength}, dimension ${dimension + 1} has ${count(found, 'step')}.`,
    );
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
