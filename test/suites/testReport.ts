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
  /** Each failed test with the first line of its error and what it waited for, so that the end of a long log names them. */
  readonly failures?: readonly string[];
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
  const isCutOff = report.tests.length === 0 || !report.ended;
  const failed = report.tests.filter(({ outcome }) => outcome === 'failed');
  const last = report.tests.at(-1)?.title;
  return {
    passed: count('passed'),
    failed: failed.length + (isCutOff ? 1 : 0),
    skipped: count('skipped'),
    failures: [
      ...failed.map(({ title, error = '' }) => `${title}: ${firstWords(error)}`),
      ...(isCutOff ? [last ? `cut off after: ${last}` : 'no test ran'] : []),
    ],
  };
}

/** The first line, and what a browser test waited for. */
function firstWords(error: string): string {
  const waited = /- (waiting for [\x20-\x7e]*)/.exec(error)?.[1];
  return [error.split('\n', 1)[0]!, ...(waited ? [waited] : [])].join(' ').slice(0, 400);
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (what: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, each) => total + each[what], 0);
  const failures = tallies.flatMap((each) => each.failures ?? []);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures };
}
