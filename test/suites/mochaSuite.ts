import { readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { out, root } from '../workbench/folders.ts';
import { bundleTests } from './bundleTests.ts';
import { runBuffered } from './runBuffered.ts';
import { type Kind, whenFree } from './slots.ts';
import { readReport, sumOf, type Tally, tally } from './testReport.ts';

const PROGRAM = join(root, 'test/suites/mochaProcess.ts');

export interface MochaSuite {
  readonly name: string;
  /** Folder of the test files, relative to the repository. */
  readonly folder: string;
  readonly kind: Kind;
  readonly grep?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For one test, in ms. */
  readonly timeout: number;
  /** For one process, in ms; then it is killed and counts as failed. */
  readonly limit: number;
  /** How often a failed test is tried again: a window has a life of its own. None unless given; each is told. */
  readonly retries?: number;
  /** Whether the files are bundled first: worth it where hundreds of modules would be compiled in many processes. */
  readonly bundled?: boolean;
  /**
   * Models run on one thread: where as many processes compute as there are cores, two threads that wait for each other
   * take a tenth more.
   */
  readonly oneThread?: boolean;
  /** Which files run in one process, in the order in which they are started; all unless given. */
  readonly split?: (files: readonly string[]) => readonly Part[];
}

/** Test files that run in a process of their own. */
export interface Part {
  /** Follows the name of the suite. */
  readonly name: string;
  readonly files: readonly string[];
  /** Whether it mostly waits, for something other than a window: then it takes no place of what computes. */
  readonly waits?: boolean;
}

/** Runs all `*.test.ts` of a folder. */
export async function runMochaSuite(suite: MochaSuite): Promise<Tally> {
  const files = testFiles(suite.folder);
  const parts = suite.split?.(files) ?? [{ name: '', files }];
  // Meanwhile the suites with windows have asked for the packages: these are made before the first part, and the windows
  // run beside the parts that compute.
  const bundles = suite.bundled ? await bundleTests(`${suite.name}-tests`, [...files, PROGRAM]) : undefined;
  const run = (part: Part) => {
    const work = () => runPart(suite, part, bundles);
    return part.waits ? work() : whenFree(suite.kind, work);
  };
  const { passed, failed, skipped, failures } = sumOf(await Promise.all(parts.map(run)));
  // A filter leaves most parts without a test; what counts is that any test ran.
  const isSilent = suite.grep && !passed && !failed;
  return { passed, failed: failed + (isSilent ? 1 : 0), skipped, failures };
}

/** @param bundles where a file lies in its place */
async function runPart(suite: MochaSuite, part: Part, bundles?: ReadonlyMap<string, string>): Promise<Tally> {
  const name = part.name ? `${suite.name}-${part.name}` : suite.name;
  const report = join(out, 'reports', `${name}.json`);
  // Under a name of its own until the part has ended: another run may be writing the same.
  const written = `${report}.${process.pid}`;
  const lies = (file: string) => bundles?.get(file) ?? file;
  const args = [...(bundles ? [] : ['--import', 'tsx']), lies(PROGRAM), '--report', written];
  args.push('--timeout', `${suite.timeout}`, '--retries', `${suite.retries ?? 0}`);
  if (suite.oneThread) args.push('--one-thread');
  args.push(...(suite.grep ? ['--grep', suite.grep] : []), ...part.files.map(lies));
  await runBuffered(name, args, { cwd: root, env: { ...process.env, ...suite.env }, limit: suite.limit });
  const result = readReport(written);
  await rename(written, report).catch(() => {});
  const isFilteredOut = suite.split && suite.grep && result.ended && !result.tests.length;
  return isFilteredOut ? { passed: 0, failed: 0, skipped: 0 } : tally(result);
}

/** Absolute paths of the `*.test.ts` below a folder of the repository, in alphabetical order. */
export function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => join(root, folder, file));
}
