import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { root } from '../workbench/folders.ts';
import { runFolder } from './runFolder.ts';

/**
 * Bundles test files and what they import, so that a process reads a few large files instead of compiling hundreds of
 * small ones; what several import is written once. Packages are loaded as ever.
 * @returns where each file lies now, by its path
 */
export async function bundleTests(name: string, files: readonly string[]): Promise<Map<string, string>> {
  const outdir = await runFolder(name);
  const inFolder = (file: string) => relative(root, file).replace(/\.ts$/, '');
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => ({ in: file, out: inFolder(file) })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    sourcesContent: false,
    plugins: [whereItLies],
    logLevel: 'warning',
  });
  return new Map(files.map((file) => [file, join(outdir, `${inFolder(file)}.mjs`)]));
}

/** Every module finds its files from the place of its source. */
const whereItLies: Plugin = {
  name: 'where it lies',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const places = { dirname: dirname(path), filename: path, url: pathToFileURL(path).href };
      const contents = source.replace(/(?<!')\bimport\.meta\.(dirname|filename|url)\b/g, (_, place) =>
        JSON.stringify(places[place as keyof typeof places]),
      );
      return { contents, loader: 'ts' };
    });
  },
};
