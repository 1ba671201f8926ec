import type { Finding } from '../../finding.ts';

/** Real numbers of which hardly one comes again are what a regression learns, no classes. */
export function areMeasurements(texts: readonly string[]): boolean {
  const numbers = texts.map((text) => text.split(' ').map(Number));
  const isReal = (value: number) => Number.isFinite(value) && !Number.isInteger(value);
  const real = numbers.filter((row) => row.some(isReal) && row.every(Number.isFinite)).length;
  return real * 2 > numbers.length && new Set(texts).size * 2 > texts.length;
}

/** Said where labels were expected. */
export function noClasses(fileName: string, name: string): Finding {
  const sentence = `${fileName}: array ${name} holds real numbers that hardly come again, so they are no classes; if the model is to give such numbers, say "task": "regression" in attribution.json (command line: --set task=regression).`;
  return { code: 'labels-no-classes', severity: 'warning', sentence };
}

const ROUNDING = 1e-3;

/** The place of the largest of each row of shares that add up to 1 (probabilities, smoothed classes); undefined for others. */
export function largestShares(texts: readonly string[]): string[] | undefined {
  const rows = texts.map((text) => text.split(' ').map(Number));
  const areShares = rows.every(
    (row) =>
      row.length > 1 &&
      row.every((share) => share >= 0 && share <= 1) &&
      Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) <= ROUNDING,
  );
  return areShares ? rows.map((row) => String(row.indexOf(Math.max(...row)))) : undefined;
}

/** Said of labels that are shares. */
export function sharesTaken(fileName: string, name: string): Finding {
  const sentence = `${fileName}: the rows of array ${name} add up to 1 each; the largest share is taken as the class.`;
  return { code: 'labels-shares', severity: 'info', sentence };
}
