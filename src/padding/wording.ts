import type { Audit, Estimate } from './audit.ts';

/** `62 %` */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `truncation, noise and reflection` */
export function joined(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `[0.00, 0.06]` */
export function interval(range: readonly [number, number], format: (value: number) => string): string {
  return `[${format(range[0])}, ${format(range[1])}]`;
}

/** `0.78 [0.66, 0.87]` */
export function estimateWords(
  { value, interval: range }: Estimate,
  format: (value: number) => string,
): string {
  return `${format(value)} ${interval(range, format)}`;
}

/** `−0.06`; what rounds to 0 has no sign. */
export function two(value: number): string {
  return fixed(value, 2);
}

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `0.78 → 0.84`, with as many digits as it takes to see that they differ: `0.981 → 0.984`. */
export function fromTo(before: number, after: number): string {
  const digits = [2, 3, 4].find((most) => before.toFixed(most) !== after.toFixed(most)) ?? 2;
  const [was, is] = [before, after].map((value) => fixed(value, digits));
  return `${was} → ${is}`;
}

/** A difference of shares as percentage points with their sign: `−1.7`, `+0.0`. */
export function points(difference: number): string {
  const text = Math.abs(100 * difference).toFixed(1);
  return `${difference < 0 && Number(text) !== 0 ? '−' : '+'}${text}`;
}

/** How long the series of an audit are for the model, and where their padding lies. */
export function stepsWithPadding({ steps, padSide }: Pick<Audit, 'steps' | 'padSide'>): string {
  return padSide === 'none' ? `${steps} steps without padding` : `padded to ${steps} steps (${padSide})`;
}
