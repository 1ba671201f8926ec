import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMocha } from '../suites/runMocha.ts';

/** VS Code calls this inside its extension host; it lies bundled beside the bundled test files. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.cjs'));
  const failures = await runMocha({
    files: files.sort().map((file) => join(folder, file)),
    report: process.env.ATTRIBUTION_LENS_REPORT!,
    timeout: 60_000,
    retries: 1,
    grep: process.env.ATTRIBUTION_LENS_GREP,
  });
  if (failures) throw new Error(`${failures} failed`);
}
