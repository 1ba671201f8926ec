import { nearest, POWERS } from './decimal.ts';

/** A number and the place behind it. */
export interface ScannedCell {
  value: number;
  at: number;
}

/** Reads the number that begins at `cell.at` (blanks around it are skipped); false where there is none. */
export type CellReader = (bytes: Uint8Array, cell: ScannedCell, delimiter: number) => boolean;

/** With so many digits, one division by or product with a power of ten gives the nearest float64. */
const EXACT_DIGITS = 15;
const MOST_DIGITS = 24;
const LARGEST_POWER = 22;
const LONGEST_NUMBER = 64;

/** No byte. */
const NONE = -1;
const BLANK = 32;
const TAB = 9;
const MINUS = 45;
const PLUS = 43;
const ZERO = 48;
const E = 101;

/** @param decimalSign null: only whole numbers are read */
export function cellReader(decimalSign: '.' | ',' | null): CellReader {
  const point = decimalSign === null ? NONE : decimalSign.charCodeAt(0);
  const decimalComma = decimalSign === ',';
  return (bytes, cell, delimiter) => {
    let at = afterBlanks(bytes, cell.at, delimiter);
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    cell.at = at;
    let mantissa = 0;
    let digit = bytes[at]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++at]! - ZERO;
    }
    let digits = at - cell.at;
    let decimals = 0;
    if (bytes[at] === point && point !== delimiter) {
      const first = ++at;
      digit = bytes[at]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = bytes[++at]! - ZERO;
      }
      decimals = at - first;
      digits += decimals;
    }
    if (digits === 0) return false;
    if (digits > EXACT_DIGITS || (bytes[at]! | BLANK) === E) {
      if (!readLong(bytes, cell, decimalComma, point === delimiter ? -1 : point)) return false;
      at = cell.at;
    } else {
      cell.value = decimals === 0 ? mantissa : mantissa / POWERS[decimals]!;
    }
    if (negative) cell.value = -cell.value;
    cell.at = afterBlanks(bytes, at, delimiter);
    return true;
  };
}

/** A number without its sign, of any digits and with any exponent. @param point byte of the decimal sign */
function readLong(bytes: Uint8Array, cell: ScannedCell, decimalComma: boolean, point: number): boolean {
  const first = cell.at;
  let at = first;
  let high = 0;
  let low = 0;
  let digits = 0;
  let fraction = -1;
  for (; at - first <= LONGEST_NUMBER; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      // Zeros before the first other digit say nothing.
      if (digits > 0 || digit > 0) digits++;
      if (digits <= EXACT_DIGITS) high = high * 10 + digit;
      else low = low * 10 + digit;
    } else if (bytes[at] === point && fraction < 0) {
      fraction = at + 1;
    } else break;
  }
  let exponent = fraction < 0 ? 0 : fraction - at;
  if ((bytes[at]! | BLANK) === E) {
    const end = afterExponent(bytes, at);
    if (end < 0) return false;
    exponent += exponentIn(bytes, at + 1, end);
    at = end;
  }
  if (at - first > LONGEST_NUMBER) return false;
  const size = scaled(high, low, digits, exponent);
  cell.value = Number.isNaN(size) ? parsed(bytes, first, at, decimalComma) : size;
  cell.at = at;
  return Number.isFinite(cell.value);
}

/** NaN where it takes more to find the nearest float64. */
function scaled(high: number, low: number, digits: number, exponent: number): number {
  if (exponent === 0 && digits <= EXACT_DIGITS) return high;
  if (exponent < -LARGEST_POWER || exponent > LARGEST_POWER || digits > MOST_DIGITS) return Number.NaN;
  if (digits > EXACT_DIGITS) return nearest(high, low, digits - EXACT_DIGITS, exponent);
  return exponent < 0 ? high / POWERS[-exponent]! : high * POWERS[exponent]!;
}

function parsed(bytes: Uint8Array, start: number, end: number, decimalComma: boolean): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  return Number(decimalComma ? text.replace(',', '.') : text);
}

/** -1 where no digit follows. */
function afterExponent(bytes: Uint8Array, e: number): number {
  let at = e + 1;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  const first = at;
  while (bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) at++;
  return at === first ? -1 : at;
}

function exponentIn(bytes: Uint8Array, from: number, end: number): number {
  const signed = bytes[from] === MINUS || bytes[from] === PLUS;
  let value = 0;
  for (let at = signed ? from + 1 : from; at < end; at++) value = value * 10 + bytes[at]! - ZERO;
  return bytes[from] === MINUS ? -value : value;
}

function afterBlanks(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at] === BLANK || (bytes[at] === TAB && delimiter !== TAB)) at++;
  return at;
}
