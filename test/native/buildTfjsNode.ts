import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, root } from '../workbench/folders.ts';
import { findTensorflow } from './findTensorflow.ts';

/** Made once and found again; not in git. Inside the repository: the copy finds what it requires in our node_modules. */
const home = join(root, '.native-test');

/** A tfjs-node with an addon compiled here, or why there is none. */
export type NativeTfjsNode = { readonly folder: string } | { readonly missing: string };

const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node');

/**
 * Compiles tfjs-node's addon from the package's own `binding/` against the libtensorflow of a Python TensorFlow wheel:
 * its installer would download another one, which closed networks refuse. Half a minute the first time, nothing after.
 * Never throws and asks nothing of the machine: whatever is missing is said.
 */
export function nativeTfjsNode(): NativeTfjsNode {
  try {
    return { folder: build() };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

function build(): string {
  const source = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  if (!existsSync(source)) throw new Error('the package @tensorflow/tfjs-node is not installed');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const folder = join(home, 'node_modules', '@tensorflow', 'tfjs-node');
  const stamp = join(home, 'built.json');
  if (existsSync(join(folder, BINDING)) && isBuiltFrom(stamp, version)) return folder;
  const tensorflow = findTensorflow(join(cache, 'tensorflow'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'lib'), { recursive: true });
  for (const part of ['package.json', 'dist', 'binding'])
    cpSync(join(source, part), join(folder, part), { recursive: true });
  compile(folder, tensorflow);
  writeFileSync(stamp, JSON.stringify({ version, tensorflow }));
  return folder;
}

/** The libraries are linked where they lie: they must still be there. */
function isBuiltFrom(stamp: string, version: string): boolean {
  if (!existsSync(stamp)) return false;
  const built = JSON.parse(readFileSync(stamp, 'utf8'));
  return built.version === version && existsSync(join(built.tensorflow, 'libtensorflow_framework.so.2'));
}

function compile(folder: string, tensorflow: string): void {
  const libraries = readdirSync(tensorflow).filter((file) =>
    /^libtensorflow_(cc|framework)\.so\.\d+$/.test(file),
  );
  const unfinished = join(folder, 'lib', 'unfinished.node');
  const args = [
    ...['-std=c++17', '-O1', '-shared', '-fPIC', '-w'],
    ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'],
    ...[join(root, 'node_modules', 'node-api-headers', 'include'), join(tensorflow, 'include'), folder].map(
      (include) => `-I${include}`,
    ),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(folder, 'binding', file)),
    ...libraries.map((file) => join(tensorflow, file)),
    `-Wl,-rpath,${tensorflow}`,
    ...['-o', unfinished],
  ];
  try {
    execFileSync('g++', args, { stdio: 'pipe', timeout: 180_000 });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT') throw new Error('there is no C++ compiler (g++) on PATH');
    throw new Error(`g++ did not compile the addon: ${firstLine(stderr ?? error)}`);
  }
  // In a process of its own: a library that does not fit this machine may end the one that loads it.
  try {
    execFileSync(process.execPath, ['-e', `require(${JSON.stringify(unfinished)})`], {
      stdio: 'pipe',
      timeout: 60_000,
    });
  } catch (error) {
    throw new Error(
      `the addon compiles but does not load: ${firstLine((error as { stderr?: Buffer }).stderr ?? error)}`,
    );
  }
  mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
  renameSync(unfinished, join(folder, BINDING));
}

function firstLine(said: unknown): string {
  const lines = `${said}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== '') ?? 'no reason given';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = nativeTfjsNode();
  console.log('folder' in built ? built.folder : `Not built: ${built.missing}.`);
}
