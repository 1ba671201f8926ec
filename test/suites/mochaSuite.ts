import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
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
  /** For one process, in ms; then it is killed and counts as failed. */
  readonly limit: number;
  /** How often a failed test is tried again: a window has a life of its own. None unless given; each is told. */
  readonly retries?: number;
  /** Print when it is through; what runs beside it prints too. */
  readonly buffered?: boolean;
  /** The folders inside `folder` run in processes of their own, so many at a time. One process for all unless given. */
  readonly jobs?: number;
}

/** Runs all `*.test.ts` of a folder. */
export async function runMochaSuite(suite: MochaSuite): Promise<Tally> {
  const files = testFiles(suite.folder);
  if (!suite.jobs) return runProcess(suite, suite.name, files, suite.buffered ?? false);
  const waiting = rooms(suite.folder, files);
  const tallies: Tally[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      tallies.push(await runProcess(suite, `${suite.name}-${next.room}`, next.files, true));
    }
  };
  await Promise.all(Array.from({ length: suite.jobs }, work));
  const sum = (what: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, each) => total + each[what], 0);
  // A filter leaves most rooms without a test; what counts is that any test ran.
  const isSilent = suite.grep && !sum('passed') && !sum('failed');
  return { passed: sum('passed'), failed: sum('failed') + (isSilent ? 1 : 0), skipped: sum('skipped') };
}

async function runProcess(
  suite: MochaSuite,
  name: string,
  files: readonly string[],
  buffered: boolean,
): Promise<Tally> {
  const report = join(out, 'reports', `${name}.json`);
  await rm(report, { force: true });
  const args = ['--import', 'tsx', 'test/suites/mochaProcess.ts', '--report', report];
  args.push('--timeout', `${suite.timeout}`, '--retries', `${suite.retries ?? 0}`);
  args.push(...(suite.grep ? ['--grep', suite.grep] : []), ...files);
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...suite.env },
      stdio: buffered ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => said.push(text));
    const watchdog = setTimeout(() => {
      console.error(`${name}: not through after ${suite.limit / 1000} s, killed.`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    }, suite.limit);
    child.on('close', () => {
      clearTimeout(watchdog);
      process.stdout.write(Buffer.concat(said));
      resolve();
    });
  });
  const result = readReport(report);
  const isFilteredOut = suite.jobs && suite.grep && result.ended && !result.tests.length;
  return isFilteredOut ? { passed: 0, failed: 0, skipped: 0 } : tally(result);
}

/** The files by the first folder they lie in, the most text first: it tends to run longest. */
function rooms(folder: string, files: readonly string[]): { room: string; files: string[] }[] {
  const start = join(root, folder).length + 1;
  const grouped = new Map<string, string[]>();
  for (const file of files) {
    const [room = ''] = file.slice(start).split(/[\\/]/);
    const key = room.endsWith('.test.ts') ? 'top' : room;
    grouped.set(key, [...(grouped.get(key) ?? []), file]);
  }
  const bytes = (group: readonly string[]) => group.reduce((total, file) => total + statSync(file).size, 0);
  return [...grouped]
    .map(([room, group]) => ({ room, files: group }))
    .sort((a, b) => bytes(b.files) - bytes(a.files));
}

/** Absolute paths of the `*.test.ts` below a folder of the repository, in alphabetical order. */
export function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => join(root, folder, file));
}
