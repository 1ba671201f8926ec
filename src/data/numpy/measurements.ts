import type { Finding } from '../../finding.ts';

/** Real numbers of which hardly one comes again are what a regression learns, no classes. */
export function areMeasurements(texts: readonly string[]): boolean {
  const numbers = texts.map(Number);
  const real = numbers.filter((value) => Number.isFinite(value) && !Number.isInteger(value)).length;
  return real * 2 > numbers.length && new Set(texts).size * 2 > texts.length;
}

/** Said where labels were expected. */
export function noClasses(fileName: string, name: string): Finding {
  const sentence = `${fileName}: array ${name} holds real numbers that hardly come again, so they are no classes and left aside.`;
  return { code: 'labels-no-classes', severity: 'warning', sentence };
}
