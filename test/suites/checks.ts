import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { run } from '../workbench/run.ts';
import type { Tally } from './testReport.ts';

const checks = [
  { name: 'types of src and test', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'types of webview', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'webview'] },
  { name: 'types of test/webview', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'test/webview'] },
  { name: 'lint and format', program: '@biomejs/biome/bin/biome', args: ['check'] },
];

/** Types, lint and format; each counts as one test. */
export async function runChecks(): Promise<Tally> {
  let failed = 0;
  for (const { name, program, args } of checks) {
    try {
      await run(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root });
      console.log(`  ✔ ${name}`);
    } catch (error) {
      failed++;
      console.log(`  ✘ ${name}\n${(error as Error).message}`);
    }
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}
