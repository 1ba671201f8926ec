import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import type { CaseRows } from './caseRows.ts';
import type { Plan } from './plan.ts';
import { shorten } from './shorten.ts';

/** What is to be said of the instances of a file whose rows are steps: joined, ended by blank rows, of one row. */
export function caseFindings(fileName: string, plan: Plan, { scattered, cases }: CaseRows): Finding[] {
  const findings: Finding[] = [];
  if (scattered && plan.time === null) {
    const sentence = `${fileName}, line ${scattered.line}: case ${shorten(scattered.id)} goes on after rows of another case; rows of one id are joined in file order, and without a time column a second series under the same id cannot be told.`;
    findings.push({ code: 'cases-scattered', severity: 'warning', sentence });
  }
  const ended = cases.filter(({ blank }) => blank > 0);
  if (ended.length > 0) {
    const sentence = `${fileName}, line ${ended[0]!.firstBlank!.line}: the rows from here on are blank in every feature and taken as padding: ${ended.length === 1 ? 'the series ends before them' : `${ended.length} series end that way`}.`;
    findings.push({ code: 'nan-padding', severity: 'info', sentence });
  }
  const headed = cases.filter(({ headed }) => headed);
  if (headed.length > 0) {
    const sentence = `${fileName}: the label stands in the first row alone of ${count(headed.length, 'case')} and is taken for the rows below.`;
    findings.push({ code: 'label-in-first-row', severity: 'info', sentence });
  }
  const short = cases.filter(({ rows }) => rows === 1);
  if (plan.case.length > 0 && short.length > 0) {
    const sentence = `${fileName}: ${count(short.length, 'case')} of ${cases.length} ${short.length === 1 ? 'has' : 'have'} one row only (first: case ${shorten(short[0]!.id)}, line ${short[0]!.firstLine}).`;
    findings.push({ code: 'one-step-cases', severity: 'warning', sentence });
  }
  return findings;
}
