import type { Finding } from '../finding.ts';

/** What is said of which of several outputs was taken for the answer: every figure is that output's. */
export function outputChoice({ findings }: { readonly findings: readonly Finding[] }): Finding[] {
  return findings.filter(({ code }) => code === 'several-outputs');
}
