import { readFileSync } from 'node:fs';

/** What a mocha run wrote down; rewritten after each test, so that a crash leaves the tests before it. */
export interface TestReport {
  readonly tests: readonly TestResult[];
  /** False when the run was cut off. */
  readonly ended: boolean;
}

export interface TestResult {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** How long it took; none where it was not run. */
  readonly ms?: number;
  readonly error?: string;
}

/** The counts of a suite. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What this machine cannot run, and why; said in the suite's result. */
  readonly notRun?: string;
}

export function readReport(path: string): TestReport {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TestReport;
  } catch {
    return { tests: [], ended: false };
  }
}

/** A run that was cut off, or in which no test ran, counts as one failure: silence is never a success. */
export function tally(report: TestReport): Tally {
  const count = (outcome: TestResult['outcome']) =>
    report.tests.filter((test) => test.outcome === outcome).length;
  const isSilent = report.tests.length === 0;
  return {
    passed: count('passed'),
    failed: count('failed') + (isSilent || !report.ended ? 1 : 0),
    skipped: count('skipped'),
  };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (what: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, each) => total + each[what], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
