import { constants } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { root, scratchFolder } from './folders.ts';
import { run } from './run.ts';

/**
 * Packs the .vsix and gives its path: without a target the universal one, which runs models with wasm; with one
 * (`linux-x64`, `win32-x64`, `darwin-arm64`, …) with that platform's native ONNX Runtime.
 */
export async function packageExtension(target?: string, folder = root): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packagePath = join(folder, `${name}-${target ? `${target}-` : ''}${version}.vsix`);
  const words = ['--production', ...(target ? ['--target', target] : [])];
  await run(process.execPath, [join(root, 'esbuild.mjs'), ...words], { cwd: root });
  await using stage = await scratchFolder('package');
  await layOut(stage.path);
  // The README's links are relative, and as long as package.json names no repository there is nothing to complete them with.
  const links = { allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: stage.path, packagePath, target, dependencies: false, ...links });
  return packagePath;
}

/**
 * A folder with what .vscodeignore lets in and nothing else: vsce looks at every file below the one it packs, in the
 * repository thousands that stay out. What it would run before packing has been run.
 */
async function layOut(stage: string): Promise<void> {
  const list = await readFile(join(root, '.vscodeignore'), 'utf8');
  const names = new Set([...list.matchAll(/^!([^/\n]+)/gm)].map(([, name]) => name!));
  for (const name of ['.vscodeignore', ...names]) {
    await cp(join(root, name), join(stage, name), { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  const manifest = JSON.parse(await readFile(join(stage, 'package.json'), 'utf8'));
  delete manifest.scripts['vscode:prepublish'];
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  await packageExtension(values.target);
}
