import { notNumeric, parseCell } from '../cell.ts';

/** A number and the place behind it. */
export interface ScannedCell {
  value: number;
  at: number;
}

/** Reads the number that begins at `cell.at` (blanks around it are skipped); false where there is none. */
export type CellReader = (bytes: Uint8Array, cell: ScannedCell, delimiter: number) => boolean;

/** Powers of ten that float64 holds exactly: with up to 15 digits one division or product gives the nearest float64. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const EXACT_DIGITS = 15;
const LONGEST_NUMBER = 64;

const BLANK = 32;
const TAB = 9;
const MINUS = 45;
const PLUS = 43;
const ZERO = 48;

/** @param decimalComma whether numbers are written 1,5 */
export function cellReader(decimalComma: boolean): CellReader {
  const point = (decimalComma ? ',' : '.').charCodeAt(0);
  return (bytes, cell, delimiter) => {
    let at = afterBlanks(bytes, cell.at, delimiter);
    const start = at;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    let mantissa = 0;
    let digits = 0;
    let digit = bytes[at]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      digit = bytes[++at]! - ZERO;
    }
    let decimals = 0;
    if (bytes[at] === point && point !== delimiter) {
      digit = bytes[++at]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        decimals++;
        digit = bytes[++at]! - ZERO;
      }
    }
    if (digits + decimals === 0) return false;
    const hasExponent = (bytes[at]! | 32) === 101;
    if (hasExponent || digits + decimals > EXACT_DIGITS) {
      return slow(bytes, cell, start, hasExponent ? afterExponent(bytes, at) : at, delimiter, decimalComma);
    }
    const value = decimals === 0 ? mantissa : mantissa / POWERS[decimals]!;
    cell.value = negative ? -value : value;
    cell.at = afterBlanks(bytes, at, delimiter);
    return true;
  };
}

function slow(
  bytes: Uint8Array,
  cell: ScannedCell,
  start: number,
  end: number,
  delimiter: number,
  decimalComma: boolean,
): boolean {
  if (end - start > LONGEST_NUMBER) return false;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  const value = parseCell(text, decimalComma);
  if (value === notNumeric || Number.isNaN(value)) return false;
  cell.value = value;
  cell.at = afterBlanks(bytes, end, delimiter);
  return true;
}

function afterExponent(bytes: Uint8Array, e: number): number {
  let at = e + 1;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  while (bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) at++;
  return at;
}

function afterBlanks(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at] === BLANK || (bytes[at] === TAB && delimiter !== TAB)) at++;
  return at;
}
