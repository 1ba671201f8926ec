import type { Finding } from '../../finding.ts';
import type { Sample } from './sample.ts';
import { shorten } from './shorten.ts';

/** What keeps a text from being a number, most telling first. */
const kinds: readonly [RegExp, string][] = [
  [/^\[[^[\]]*\]?$/, 'a list in each cell; write a column for each step, or a row for each'],
  [
    /^[\p{L}_]\w{0,30}\s?[:=]\s?[+-]?\d/u,
    'a name before each number; leave it out, and write the names above',
  ],
  [/^\S{0,30} -> [+-]?\d/, 'a time before the number, as a serial monitor writes it; leave it out'],
  [/^(true|false|yes|no|on|off)$/i, 'words for yes and no; write 1 and 0'],
  [/^[+-]?\d[\d.,]*\s?%$/, 'per cent signs; leave them out'],
  [/^[+-]?\d{1,3}([.,'’\u00a0\u202f ]\d{3})+([.,]\d+)?$/, 'separators of thousands; leave them out'],
  [/^[+-]?\d[\d.,]*\s?[\p{L}°µμ][\p{L}\d°/²³^µμ·*-]{0,9}$/u, 'units in the cells; leave them out'],
  [/^[\u2212\u2012-\u2014]\s?\d[\d.,]*$/, 'dashes for minus signs; write hyphens'],
  [/^\(\d[\d.,]*\)$/, 'numbers in brackets; write those below 0 with a minus sign'],
  [/^[$€£¥]\s?[+-]?\d|^[+-]?\d[\d.,]*\s?[$€£¥]$/, 'signs of money; leave them out'],
];

/**
 * A column that was left aside although its cells are nearly numbers: where the model's features are then too few that
 * is the cause, else it is said.
 * @throws Refusal `almost-numbers`
 */
export function almostNumbers(sample: Sample, left: readonly number[], missing: number): Finding[] {
  return left.flatMap((column) => {
    const cells = sample.rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
    const plain = sample.rows.filter((_, row) => !Number.isNaN(sample.number(row, column))).length;
    // Only those below 0 may be written so.
    const kind = kinds.find(([form]) => {
      const so = cells.filter((cell) => form.test(cell)).length;
      return so > 0 && so + plain > 0.9 * cells.length;
    });
    if (!kind || cells.length === 0) return [];
    const sentence = `${sample.fileName}: column ${sample.names[column]} is no column of numbers ("${shorten(cells.find((cell) => kind[0].test(cell))!)}"): it has ${kind[1]}`;
    if (missing > 0) {
      const lacking = `the model takes ${missing} more than there are columns of numbers`;
      throw sample.refusal('almost-numbers', `${sentence}, or say the "features"; ${lacking}.`, column);
    }
    return [
      {
        code: 'almost-numbers',
        severity: 'warning',
        sentence: `${sentence} where it is a feature.`,
      } as const,
    ];
  });
}
