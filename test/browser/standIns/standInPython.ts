import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { root } from '../../workbench/folders.ts';
import { standInManifest } from '../../workbench/standInManifest.ts';

/** Packs an extension with a notebook kernel and a debugger of Python that hold series of the sample. */
export async function standInPython(folder: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['test/browser/standIns/extension.ts'],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  const path = join(folder, 'python.vsix');
  const files = { 'package.json': strToU8(standInManifest), 'x.js': outputFiles[0]!.contents };
  await writeFile(path, zipSync({ extension: files }));
  return path;
}
