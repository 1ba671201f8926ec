import assert from 'node:assert/strict';
import { readCsv } from '../../../src/data/csv/readCsv.ts';
import type { DataOptions, Delimiter } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { Refusal } from '../../../src/refusal.ts';

const FILES = 15;
/** Columns are understood from the first 2,000 rows. */
const ROWS = 2080;

/** Once the columns are understood, rows are read from their bytes; UTF-16 is read as text from its first to its last row. */
describe('csv: rows read from bytes', () => {
  it(`give what the same rows give as text, refusals included (${FILES} files by chance, in a piece and in many)`, async function () {
    this.timeout(60_000);
    let read = 0;
    for (let seed = 1; seed <= FILES; seed++) {
      const { text, bytes, options } = written(createRandom(seed));
      const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
      const asText = await outcome(wide, options, wide.length);
      for (const chunk of [bytes.length, 4000]) {
        const asBytes = await outcome(bytes, options, chunk);
        // Of two faults in one piece, that of its quotes is found first.
        if ('code' in asText && 'code' in asBytes && asText.code === 'bad-quotes') continue;
        assert.deepEqual(
          asBytes,
          asText,
          `seed ${seed}, ${chunk}: ${JSON.stringify(options)}\n${bytes.subarray(0, 400)}`,
        );
      }
      if ('instances' in asText) read++;
    }
    assert.ok(read > FILES / 2, `only ${read} could be read`);
  });
});

async function outcome(bytes: Uint8Array, options: DataOptions, chunk: number) {
  try {
    return plain(await readCsv(inChunks(bytes, chunk), options));
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, message: error.message, place: error.place };
    throw error;
  }
}

function plain({ instances, findings, plan, ...rest }: Dataset) {
  return {
    ...rest,
    findings: findings.filter(({ code }) => code !== 'not-utf8'),
    plan: { ...plan, rows: [] },
    instances: instances.map(({ id, index, label, length, values, lines, line, mask }) => ({
      ...{ id, index, label, length, lines, line, mask },
      values: [...values],
    })),
  };
}

function inChunks(bytes: Uint8Array, chunk: number) {
  return {
    ...{ name: 'x.csv', path: '/nowhere/x.csv', onDisk: false, size: bytes.length },
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.slice(at, at + chunk);
    },
  };
}

function written({ integer }: Random): { text: string; bytes: Uint8Array; options: DataOptions } {
  const random = () => integer(2 ** 30) / 2 ** 30;
  const pick = <T>(of: readonly T[]): T => of[integer(of.length)]!;
  const often = (share: number) => random() < share;
  const decimal = pick(['.', '.', ','] as const);
  const delimiter = pick<Delimiter>(decimal === ',' ? [';', '\t'] : [',', ';', '\t', '|']);
  const layout = pick(['long', 'long', 'single', 'wide'] as const);
  const features = layout === 'wide' ? [] : ['a', 'b'];
  const [scattered, quotes, blankLines, broken] = [often(0.3), often(0.3), often(0.1), often(0.15)];
  let isLate = false;
  const number = (): string => {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 8 - 3);
    const text = pick([
      ...[
        value.toFixed(3),
        value.toFixed(5),
        String(Math.round(value)),
        String(value),
        `${value.toFixed(2)}`,
      ],
      ...[
        value.toExponential(4),
        ` ${value.toFixed(1)} `,
        `+${Math.abs(value).toFixed(2)}`,
        '-0',
        '5.',
        '.5',
      ],
    ]).replace('.', decimal);
    if (broken && isLate && often(0.002))
      return pick(['x', '', 'nan', '1e999', '0x1F', '1.2.3', '"', '12 13']);
    return quotes && often(0.2) ? `"${text}"` : text;
  };
  const [dated, zone] = [often(0.4), pick(['', '', 'Z', '+01:00'])];
  // Summer time may begin on the way.
  const moment = (row: number): string => {
    const seconds = row * 13 + (often(0.3) ? 0.5 : 0);
    const at = new Date(Date.UTC(2024, 2, 31, 1, 55) + 1000 * seconds).toISOString();
    return `${at.slice(0, 10)}${often(0.5) ? 'T' : ' '}${at.slice(11, often(0.5) ? 19 : 21)}${zone}`;
  };
  const word = (text: string): string => (quotes && often(0.5) ? `"${text}"` : text);
  const cases = 1 + Math.floor(random() * 6);
  const names = [`ein ${pick(['Fall', 'Fäll', 'ca"se'])}`, 'line\nbreak', 'two', 'three', 'x y', '6'];
  const rows = ROWS + Math.floor(random() * 200);
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    isLate = row > ROWS - 60;
    const which = scattered ? row % cases : Math.min(cases - 1, Math.floor((row * cases) / rows));
    const name = names[which]!;
    const id = /["\n]/.test(name) ? (quotes ? `"${name.replaceAll('"', '""')}"` : 'other') : word(name);
    const numbers = Array.from({ length: layout === 'wide' ? 4 : 2 }, number);
    const time =
      broken && isLate && often(0.01)
        ? '0'
        : dated
          ? `"${moment(row)}"`.slice(quotes ? 0 : 1, quotes ? undefined : -1)
          : String(row);
    if (layout === 'wide') lines.push([word(String(row)), word('up'), ...numbers].join(delimiter));
    else lines.push([...(layout === 'long' ? [id] : []), time, ...numbers, word('up')].join(delimiter));
    if (blankLines && often(isLate ? 0.1 : 0.001)) lines.push(pick(['', '  ']));
    if (broken && isLate && often(0.01))
      lines.push(pick([`1${delimiter}2`, '"open', `${delimiter}${delimiter}`]));
  }
  const header =
    layout === 'wide'
      ? ['id', 'label', 't0', 't1', 't2', 't3']
      : [...(layout === 'long' ? ['case'] : []), 't', 'a', 'b', 'label'];
  const end = pick(['\n', '\r\n', '\r']);
  const text = `${[header.join(delimiter), ...lines].join(end)}${often(0.5) ? end : ''}`;
  const options: DataOptions = {
    ...{
      layout,
      delimiter,
      decimal,
      header: true,
      label: 'label',
      missing: pick(['refuse', 'keep', 'previous']),
    },
    ...(layout === 'single' ? {} : { case: layout === 'wide' ? 'id' : 'case' }),
    ...(layout === 'wide' ? {} : { features, time: 't' }),
  };
  const encoded = pick([
    () => Buffer.from(text),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(text, 'latin1'),
  ]);
  return { text, bytes: encoded(), options };
}
