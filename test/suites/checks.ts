import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { run } from '../workbench/run.ts';
import { whenFree } from './slots.ts';
import { sumOf, type Tally } from './testReport.ts';

const checks = [
  { name: 'types of src and test', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'types of webview', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'webview'] },
  { name: 'types of test/webview', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'test/webview'] },
  { name: 'lint and format', program: '@biomejs/biome/bin/biome', args: ['check'] },
];

/** Types, lint and format, beside each other; each counts as one test. */
export async function runChecks(): Promise<Tally> {
  return sumOf(await Promise.all(checks.map((check) => whenFree('computes', () => runCheck(check)))));
}

async function runCheck({ name, program, args }: (typeof checks)[number]): Promise<Tally> {
  try {
    await run(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root });
    console.log(`  ✔ ${name}`);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(`  ✘ ${name}\n${(error as Error).message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
