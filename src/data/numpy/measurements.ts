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
  const sentence = `${fileName}: array ${name} holds real numbers that hardly come again, so they are no classes.`;
  return { code: 'labels-no-classes', severity: 'warning', sentence };
}
