import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { out, root } from './folders.ts';

/** What lies beside a program in the package, under this name. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'src/cli.ts': { 'engine.cjs': 'src/engine/main.ts' },
};

/** `npm test` bundles what most rooms need once and tells the processes of its suites: paths by program, as JSON. */
export const BUNDLED_VARIABLE = 'ATTRIBUTION_TEST_BUNDLES';

const made = new Map<string, string>(Object.entries(JSON.parse(process.env[BUNDLED_VARIABLE] ?? '{}')));

/**
 * Path of one JavaScript file that does what a program of src/ does, as the package carries it: it starts in a tenth of
 * the time that compiling its hundreds of modules takes.
 * @param program relative to the repository: `src/cli.ts`
 */
export function bundled(program: string): string {
  const known = made.get(program);
  if (known !== undefined) return known;
  const files = Object.entries({ 'program.cjs': program, ...BESIDE[program] }).map(
    ([name, source]) => [name, bundle(source)] as const,
  );
  const hash = createHash('sha256');
  for (const [, contents] of files) hash.update(contents);
  const folder = join(out, 'bundles', hash.digest('hex').slice(0, 12));
  // Named by its content and renamed when complete: processes that make it at the same time do not meet.
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    for (const [name, contents] of files) writeFileSync(join(unfinished, name), contents);
    try {
      renameSync(unfinished, folder);
    } catch {
      // Another process was first.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const path = join(folder, 'program.cjs');
  made.set(program, path);
  return path;
}

function bundle(program: string): Uint8Array {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [program],
    write: false,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    format: 'cjs',
    external: ['onnxruntime-common', 'onnxruntime-web', 'onnxruntime-node', 'node-fetch'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  return outputFiles[0]!.contents;
}
