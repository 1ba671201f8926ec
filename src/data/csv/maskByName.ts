import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { isCounter } from './timeColumn.ts';

const real = /^(is_?)?(mask|valid|real|observed|present|valid_?mask|attention_?mask|not_?padd(ed|ing))$/i;
const BINARY = /^([01](\.0)?|true|false|)$/i;
const padded = /^(is_?|key_?)?(pad|padded|padding)(_?mask)?$/i;

/** Whether a column named like that is 1 on padding rather than on real steps. */
export function saysPadding(name: string): boolean {
  return padded.test(name.trim());
}

/**
 * A column of 0 and 1 whose name speaks of padding, beside more numbers than the model takes.
 * @throws ReadingQuestion `mask-column`
 */
export function askMaskColumn({ sample, options, free }: Planning): void {
  const { input, features, maskColumn } = options;
  if (!sample.named || features !== undefined || maskColumn !== undefined) return;
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric');
  const column = free.find((one) => {
    const { whole, kind, distinct } = sample.profiles[one]!;
    const name = sample.names[one]!.trim();
    const isNamed = real.test(name) || padded.test(name);
    return (whole || kind === 'text') && distinct <= 2 && isNamed && isBinary(sample.rows, one);
  });
  if (column === undefined) return;
  if (sample.profiles[column]!.whole && input && numeric.length <= input.features) return;
  const name = sample.names[column]!;
  const others = numeric
    .filter((one) => one !== column && timeName(sample.names[one]!) !== 'sure' && !isCounter(sample, one))
    .map((one) => sample.names[one]!);
  throw new ReadingQuestion({
    id: 'mask-column',
    sentence: `${sample.fileName}: column ${name} is 0 or 1 and its name speaks of ${padded.test(name.trim()) ? 'padding' : 'real steps'}`,
    ways: [
      {
        label: padded.test(name.trim()) ? 'it is 1 on padding' : 'it is 1 on real steps and 0 on padding',
        patch: { mask: `mask-column:${name}` },
      },
      { label: 'it says nothing of padding', patch: { data: { features: others } } },
    ],
  });
}

const lengths =
  /^(n_?|num_?|seq(uence)?_?|series_?|real_?)?(len|lens|length|lengths|steps|n_?real)$|^n(um)?_?(samples|points|frames|timesteps)$/i;

/**
 * Rows that are series, and a column of whole numbers up to as many as there are steps whose name speaks of a length.
 * @throws ReadingQuestion `length-column`
 */
export function askLengthColumn({ sample, options, free }: Planning): void {
  if (!sample.named || options.lengthColumn !== undefined || options.label !== undefined) return;
  const numeric = free.filter((column) => sample.profiles[column]!.kind === 'numeric');
  const column = numeric.find(
    (one) => sample.profiles[one]!.whole && lengths.test(sample.names[one]!.trim()),
  );
  if (column === undefined || numeric.length < 8) return;
  const values = sample.rows.map((_, row) => sample.number(row, column));
  if (!values.every((value) => value >= 1 && value < numeric.length)) return;
  const name = sample.names[column]!;
  throw new ReadingQuestion({
    id: 'length-column',
    sentence: `${sample.fileName}: column ${name} holds whole numbers up to ${Math.max(...values)} beside series of ${numeric.length - 1} steps, and its name speaks of a length`,
    ways: [
      { label: 'it counts the real steps, padding at the end', patch: { mask: `length-column:${name}` } },
      { label: 'padding is at the front', patch: { mask: `length-column:${name}@front` } },
      { label: 'it is the label', patch: { data: { label: name, layout: 'wide' } } },
    ],
  });
}

function isBinary(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => BINARY.test(row[column]?.trim() ?? ''));
}
