import assert from 'node:assert/strict';
import { cellReader } from '../../../src/data/csv/plain/numberScanner.ts';
import { createRandom } from '../../../src/random.ts';

const COMMA = 44;
const read = cellReader('.');

function scan(text: string): number | undefined {
  const bytes = Buffer.from(`${text},`);
  const cell = { value: Number.NaN, at: 0 };
  return read(bytes, cell, COMMA) && cell.at === text.length ? cell.value : undefined;
}

function same(text: string): void {
  assert.ok(Object.is(scan(text), Number(text)), `${text}: ${scan(text)} instead of ${Number(text)}`);
}

describe('numbers read from bytes', () => {
  const { integer, normal } = createRandom(11);

  it('are those that Number gives, digit by digit', () => {
    const digits = (count: number) => Array.from({ length: count }, () => integer(10)).join('');
    for (let round = 0; round < 20_000; round++) {
      const value = normal() * 10 ** (integer(44) - 22);
      same(String(value));
      same(value.toExponential(integer(20)));
      same(value.toFixed(integer(18)));
      same(`${integer(2) ? '-' : ''}${digits(1 + integer(14))}.${digits(integer(16))}`);
      same(`0.000${digits(1 + integer(25))}e${integer(30) - 15}`);
    }
  });

  it('halfway between two float64, and one digit beside it', () => {
    for (let round = 0; round < 2000; round++) {
      // Odd numbers of 54 bits lie halfway; so do their halves and quarters, which end after one and two decimals.
      const half = (2n ** 53n + BigInt(integer(2 ** 30)) * BigInt(2 ** 22)) * 2n + 1n;
      same(String(half));
      for (const end of ['.0', '.00000001', 'e-5', 'e-22', 'e3']) same(`${half}${end}`);
      same(String(half - 1n));
      const whole = half / 4n;
      for (const end of ['.25', '.250000001', '.75', '.5', '.4999999']) same(`${whole}${end}`);
    }
  });

  it('zeros, signs, edges', () => {
    for (const text of [
      ...[
        '0',
        '-0',
        '-0.0',
        '+5',
        '.5',
        '-.5',
        '5.',
        '007',
        '1e5',
        '1E+5',
        '1e-400',
        '5e-324',
        '1.7976931348623157e308',
      ],
      ...[
        '9007199254740993',
        '9007199254740992',
        '123456789012345678901234567890',
        '0.1',
        '1e22',
        '1e23',
        '8.5e-23',
      ],
      ...['000000000000000000000000.5', '100000000000000000000000', '0e0', '0e999'],
    ])
      same(text);
  });

  it('what is no plain number is left to others', () => {
    for (const text of [
      '',
      '.',
      '-',
      'x',
      '1x',
      '0x1F',
      'nan',
      'inf',
      '1e',
      '1e+',
      '1.2.3',
      '1e999',
      '1 2',
      '--1',
      '"1"',
    ])
      assert.equal(scan(text), undefined, text);
    assert.equal(scan('  2.5 '), 2.5);
  });
});
