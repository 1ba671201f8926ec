import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { run } from '../workbench/run.ts';
import { whenFree } from './slots.ts';
import { sumOf, type Tally } from './testReport.ts';

interface Check {
  readonly name: string;
  /** Within node_modules. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const list = join(root, 'test/workbench/checks.json');
const checks = JSON.parse(readFileSync(list, 'utf8')) as readonly Check[];

/** Types, lint and format, beside each other; each counts as one test. */
export async function runChecks(): Promise<Tally> {
  return sumOf(await Promise.all(checks.map((check) => whenFree('computes', () => runCheck(check)))));
}

async function runCheck({ name, program, args, env }: Check): Promise<Tally> {
  try {
    await run(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    console.log(`  ✔ ${name}`);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(`  ✘ ${name}\n${(error as Error).message}`);
    return { passed: 0, failed: 1, skipped: 0, failures: [name] };
  }
}
