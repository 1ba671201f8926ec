import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sourceStack } from './sourceStack.ts';
import type { TestReport, TestResult } from './testReport.ts';

export interface MochaOptions {
  readonly files: readonly string[];
  readonly report: string;
  readonly timeout: number;
  /** Only tests whose title contains it. */
  readonly grep?: string;
  /** How often a failed test is tried again; every further try is told. */
  readonly retries?: number;
  /** Without the tree of passed tests on the console. */
  readonly quiet?: boolean;
}

/** Runs test files in this process and keeps the report up to date; gives the number of failures. */
export async function runMocha(options: MochaOptions): Promise<number> {
  const { files, report, timeout, grep, quiet, retries = 0 } = options;
  const { default: Mocha } = await import('mocha');
  const reporter = quiet ? 'dot' : 'spec';
  const mocha = new Mocha({ ui: 'bdd', timeout, retries, color: false, reporter });
  if (grep) mocha.fgrep(grep);
  const tests: TestResult[] = await load(mocha, files);
  const write = (ended: boolean) => {
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, JSON.stringify({ tests, ended } satisfies TestReport, null, 2));
  };
  const add = (test: Mocha.Runnable, outcome: TestResult['outcome'], error?: Error) => {
    const { duration: ms } = test;
    const took = ms === undefined ? {} : { ms };
    tests.push({
      title: test.fullTitle(),
      outcome,
      ...took,
      ...(error && { error: error.stack ?? error.message }),
    });
    write(false);
  };
  write(false);
  const broken = tests.length;
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      write(true);
      resolve(failures + broken);
    });
    runner.on('retry', (test, error) => console.warn(`Tried again: ${test.fullTitle()}\n${error.stack}`));
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'skipped'));
    runner.on('fail', (test, error) => {
      // The reporter prints it in the end.
      if (error.stack) error.stack = sourceStack(error.stack);
      add(test, 'failed', error as Error);
    });
  });
}

/** One file that cannot be loaded counts as a failed test and does not keep the others from being run. */
async function load(mocha: Mocha, files: readonly string[]): Promise<TestResult[]> {
  const broken: TestResult[] = [];
  for (const file of files) {
    mocha.files = [file];
    try {
      await mocha.loadFilesAsync();
    } catch (error) {
      const reason = sourceStack((error as Error).stack ?? String(error));
      console.error(`${file} cannot be loaded: ${reason}`);
      broken.push({ title: `${file} is loaded`, outcome: 'failed', error: reason });
    }
  }
  return broken;
}
