import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { out, root } from './folders.ts';

const made = new Map<string, string>();

/**
 * Path of one JavaScript file that does what a program of src/ does, as the package carries it: it starts in a tenth of
 * the time that compiling its hundreds of modules takes.
 * @param program relative to the repository: `src/cli.ts`
 */
export function bundled(program: string): string {
  const known = made.get(program);
  if (known !== undefined) return known;
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
  const { contents } = outputFiles[0]!;
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
  const path = join(out, 'bundles', `${basename(program, '.ts')}-${hash}.cjs`);
  // Named by its content and renamed when complete: processes that make it at the same time do not meet.
  if (!existsSync(path)) {
    mkdirSync(join(out, 'bundles'), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
  made.set(program, path);
  return path;
}
