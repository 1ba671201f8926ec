import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Longest wait for the wheel, in ms: the tests of a machine with a slow network go on without. */
const PATIENCE = 120_000;

/** Unpacks what the addon needs of a wheel: the two libraries and the headers. Python, so that no tool is assumed. */
const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(('tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/', 'tensorflow/include/xla/', 'tensorflow/include/tsl/')) \\
           or name in ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'):
            wheel.extract(name, sys.argv[2])
`;

/**
 * The folder of a Python TensorFlow: one that is installed (it is looked up, not imported, which takes long), else
 * from a wheel that pip can get.
 * @param folder where a wheel is unpacked, once
 * @throws Error saying what is missing
 */
export function findTensorflow(folder: string): string {
  if (process.platform !== 'linux') throw new Error('the recipe is for Linux only');
  const unpacked = join(folder, 'tensorflow');
  if (isComplete(unpacked)) return unpacked;
  const python = ['python3', 'python'].find((name) => run(name, ['--version'], 10_000) !== undefined);
  if (!python) throw new Error('there is no Python on PATH');
  const lookUp = 'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.origin if s else "")';
  const installed = dirname((run(python, ['-c', lookUp], 30_000) ?? '').trim());
  if (isComplete(installed)) return installed;
  unpack(python, folder);
  if (!isComplete(unpacked)) throw new Error('the wheel of tensorflow-cpu holds no libtensorflow_cc');
  return unpacked;
}

function unpack(python: string, folder: string): void {
  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:'];
    const bounded = ['--retries', '0', '--timeout', '15', '--dest', unfinished, 'tensorflow-cpu'];
    if (run(python, [...pip, ...bounded], PATIENCE) === undefined) {
      throw new Error('no TensorFlow is installed for Python and pip cannot get tensorflow-cpu');
    }
    const wheel = readdirSync(unfinished).find((file) => file.endsWith('.whl'));
    if (!wheel) throw new Error('pip gave no wheel of tensorflow-cpu');
    if (run(python, ['-c', UNPACK, join(unfinished, wheel), unfinished], PATIENCE) === undefined) {
      throw new Error('the wheel of tensorflow-cpu cannot be unpacked');
    }
    rmSync(join(unfinished, wheel));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function isComplete(folder: string): boolean {
  return ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include'].every((part) =>
    existsSync(join(folder, part)),
  );
}

/** What the program prints; undefined where it fails, is not there or takes too long. */
function run(program: string, args: readonly string[], timeout: number): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', timeout, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
