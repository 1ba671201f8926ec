import { constants } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { out, root, scratchFolder } from './folders.ts';
import { packNpm } from './npmPackage.ts';
import { filesInTarball, npmFaultsOf } from './npmRules.ts';
import { faultsOf, filesIn, type PackedFiles, TARGETS } from './packageRules.ts';
import { run } from './run.ts';

/**
 * Packs the .vsix and gives its path: without a target the universal one, which runs models with wasm; with one
 * (`linux-x64`, `win32-x64`, `darwin-arm64`, …) with that platform's native ONNX Runtime.
 * @param keepBundles those of the package that was made before, whose runtimes alone are replaced
 */
export async function packageExtension(
  target?: string,
  folder = root,
  { keepBundles = false }: { readonly keepBundles?: boolean } = {},
): Promise<string> {
  const { name, version, repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packagePath = join(folder, `${name}-${target ? `${target}-` : ''}${version}.vsix`);
  const words = [
    '--production',
    ...(target ? ['--target', target] : []),
    ...(keepBundles ? ['--keep-bundles'] : []),
  ];
  await run(process.execPath, [join(root, 'esbuild.mjs'), ...words], { cwd: root });
  await using stage = await scratchFolder('package');
  await layOut(stage.path);
  // The README's links are relative; an address that is none yet cannot complete them.
  const links = isPlaceholder(repository.url) ? { rewriteRelativeLinks: false } : {};
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

/** The name `.invalid` is kept for addresses that do not exist (RFC 2606). */
function isPlaceholder(address: string): boolean {
  return new URL(address).hostname.endsWith('.invalid');
}

/**
 * Every package there is, into out/packages/, each looked through: one line each, then how many of them are sound, and
 * code 1 where one is not. A package is there once it has been looked through; after a stop those that are missing are.
 */
async function packageAll(): Promise<void> {
  const folder = join(out, 'packages');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await using making = await scratchFolder('packages');
  let sound = 0;
  const done = async (path: string, bytes: Uint8Array, files: PackedFiles, faults: readonly string[]) => {
    const state = faults.length === 0 ? 'sound' : faults.join('; ');
    console.log(`${basename(path)}: ${(bytes.length / 1e6).toFixed(1)} MB, ${files.size} files, ${state}`);
    if (faults.length === 0) sound++;
    else process.exitCode = 1;
    await cp(path, join(folder, basename(path)));
    await rm(path);
  };
  for (const target of [undefined, ...TARGETS]) {
    const path = await packageExtension(target, making.path, { keepBundles: target !== undefined });
    const { files, bytes } = await filesIn(path);
    await done(path, bytes, files, faultsOf(files, bytes, target));
    if (target) continue;
    // Beside the bundles lie what runs everywhere and its licences now, and nothing else.
    const tarball = await packNpm(making.path);
    const packed = await filesInTarball(tarball);
    await done(tarball, packed.bytes, packed.files, npmFaultsOf(packed.files, packed.bytes));
  }
  console.log(`${sound} of ${TARGETS.length + 2} packages are sound, in ${folder}`);
  const { repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (isPlaceholder(repository.url)) {
    console.log(
      `${repository.url} stands for an address that is still to be chosen; see docs/publishing.md.`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = { target: { type: 'string' }, all: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options });
  await (values.all ? packageAll() : packageExtension(values.target));
}
