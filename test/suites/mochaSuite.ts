import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { out, root } from '../workbench/folders.ts';
import { readReport, type Tally, tally } from './testReport.ts';

export interface MochaSuite {
  readonly name: string;
  /** Folder of the test files, relative to the repository. */
  readonly folder: string;
  readonly grep?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For one test, in ms. */
  readonly timeout: number;
  /** For all of them, in ms; then the run is killed and counts as failed. */
  readonly limit: number;
}

/** Runs all `*.test.ts` of a folder in a Node process. */
export async function runMochaSuite({ name, folder, grep, env, timeout, limit }: MochaSuite): Promise<Tally> {
  const report = join(out, 'reports', `${name}.json`);
  await rm(report, { force: true });
  const files = testFiles(folder);
  const args = [
    '--import',
    'tsx',
    'test/suites/mochaProcess.ts',
    '--report',
    report,
    '--timeout',
    `${timeout}`,
  ];
  if (grep) args.push('--grep', grep);
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [...args, ...files], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const watchdog = setTimeout(() => {
      console.error(`${name}: not through after ${limit / 1000} s, killed.`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    }, limit);
    child.on('close', () => {
      clearTimeout(watchdog);
      resolve();
    });
  });
  return tally(readReport(report));
}

/** Absolute paths of the `*.test.ts` below a folder of the repository, in alphabetical order. */
export function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => join(root, folder, file));
}
