import type { Dice } from './dice.ts';

const NUMBERS = [
  '',
  '-1',
  '0',
  '1',
  '1e308',
  '1e999',
  'NaN',
  'inf',
  '-inf',
  '2147483648',
  '9007199254740993',
  '1e9',
  '0x10',
  '1.5',
  '1,5',
  '٣',
  '100000',
  '4611686018427387904',
];
const TOKENS = [
  ...[
    ',',
    ';',
    '\t',
    '|',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
    ':',
    '@data',
    '@classLabel true',
    '#',
    '(',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    'null',
    'true',
    '\\u0000',
    '\0',
    '\u202e',
    '\u001b[31m',
    '[x](command:y)',
    '$(flame)',
    '=1+1',
    'case',
    'label',
    'time',
  ],
  ...['t', 'id', 'length', 'mask', 'é', '\ufeff', '\ud800', '//', '/*', '../../x', '%00'],
];

/** A long line that is repeated, and repeated again, comes to more than a string can hold. */
const LONGEST_TEXT = 2 ** 24;

type Change = (text: string, dice: Dice) => string;

const changes: readonly Change[] = [
  (text, dice) => atMatch(text, /-?\d+(\.\d+)?([eE][+-]?\d+)?/g, dice, () => dice.pick(NUMBERS)),
  (text, dice) => atMatch(text, /"[^"\n]*"/g, dice, () => JSON.stringify(dice.pick(TOKENS))),
  (text, dice) => insert(text, dice.below(text.length), dice.pick(TOKENS)),
  (text, dice) =>
    insert(text, dice.below(text.length), dice.pick(TOKENS).repeat(dice.pick([2, 100, 50_000]))),
  (text, dice) => lines(text, (all, at) => all.toSpliced(at, 1), dice),
  (text, dice) => lines(text, (all, at) => all.toSpliced(at, 0, all[at]!), dice),
  (text, dice) =>
    lines(
      text,
      (all, at) => all.toSpliced(at, 0, ...Array<string>(dice.pick([10, 5000])).fill(all[at]!)),
      dice,
    ),
  (text, dice) =>
    lines(
      text,
      (all, at) => all.toSpliced(at, 0, ...Array<string>(dice.pick([1, 3, 20_000])).fill('')),
      dice,
    ),
  (text, dice) => lines(text, (all, at) => all.with(at, cells(all[at]!, dice)), dice),
  (text, dice) =>
    text.replaceAll(dice.pick([',', '\n', '.', '"', ' ']), dice.pick([',', ';', '\t', '\r', ' ', '', '|'])),
  (text, dice) => text.slice(0, dice.below(text.length)),
  (text, dice) => text.slice(dice.below(text.length)),
];

/** As a person or a program of theirs might have spoilt it. */
export function mutateText(bytes: Uint8Array, dice: Dice): Uint8Array {
  let text = Buffer.from(bytes).toString('utf8');
  for (let i = 1 + dice.below(3); i > 0; i--) text = dice.pick(changes)(text, dice).slice(0, LONGEST_TEXT);
  return Buffer.from(text, dice.once(12) ? dice.pick(['utf16le', 'latin1']) : 'utf8');
}

function atMatch(text: string, pattern: RegExp, dice: Dice, put: () => string): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: old } = dice.pick(found);
  return text.slice(0, index) + put() + text.slice(index + old.length);
}

function insert(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at);
}

function lines(text: string, change: (all: string[], at: number) => string[], dice: Dice): string {
  const all = text.split('\n');
  const changed = change(all, dice.below(all.length));
  return changed.reduce((length, line) => length + line.length, 0) > LONGEST_TEXT ? text : changed.join('\n');
}

function cells(line: string, dice: Dice): string {
  const all = line.split(',');
  const at = dice.below(all.length);
  const put = dice.pick([...NUMBERS, ...TOKENS]);
  return dice.pick([all.with(at, put), all.toSpliced(at, 1), all.toSpliced(at, 0, put)]).join(',');
}
