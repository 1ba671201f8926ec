import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { root } from './folders.ts';

/**
 * Packs the .vsix and gives its path: without a target the universal one, which runs models with wasm; with one
 * (`linux-x64`, `win32-x64`, `darwin-arm64`, …) with that platform's native ONNX Runtime.
 */
export async function packageExtension(target?: string, folder = root): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packagePath = join(folder, `${name}-${target ? `${target}-` : ''}${version}.vsix`);
  // vsce runs `vscode:prepublish` with our environment.
  if (target) process.env.VSIX_TARGET = target;
  else delete process.env.VSIX_TARGET;
  // The README's links are relative, and as long as package.json names no repository there is nothing to complete them with.
  const links = { allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: root, packagePath, target, dependencies: false, ...links });
  return packagePath;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  await packageExtension(values.target);
}
