import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProcess, type ScriptCommand } from '../preprocess/script/scriptProcess.ts';
import { Refusal } from '../refusal.ts';
import { hasAddon } from '../runtime/tfjs/findTfjsNode.ts';

/** The one that our executor is tested with. */
export const TFJS_NODE_VERSION = '4.22.0';

/** Without an end within this time something hangs. The library alone has some 150 MB. */
const LONGEST_MS = 20 * 60_000;

interface Installation {
  readonly signal?: AbortSignal;
  /** What is being done, in a few words. */
  readonly report: (what: string) => void;
  /** Lines that npm writes. */
  readonly log: (line: string) => void;
  /** Variables to work with; those of this process unless given. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Installs tfjs-node into a folder of its own: first every package without a script, then tfjs-node's own install
 * script alone, which downloads libtensorflow. Never through a shell. Nothing is left behind where it fails.
 * @throws Refusal in one sentence that says what to do instead: `npm-missing`, `tfjs-node-install`
 * @throws the signal's reason when cancelled
 */
export async function installTfjsNode(folder: string, installation: Installation): Promise<void> {
  const { report, signal, env = process.env } = installation;
  signal?.throwIfAborted();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    const npm = npmCommand(env);
    const run = (args: readonly string[], what: string) =>
      runNpm({ program: npm[0], args: [...npm.slice(1), ...args], cwd: folder, env }, what, installation);
    report('npm fetches the packages');
    const quiet = ['--no-audit', '--no-fund', '--no-progress', '--fetch-retries=1'];
    await run(
      ['install', `@tensorflow/tfjs-node@${TFJS_NODE_VERSION}`, '--ignore-scripts', ...quiet],
      'npm cannot fetch it',
    );
    report('its install script fetches libtensorflow');
    await run(
      ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false', '--foreground-scripts', ...quiet],
      'its install script cannot fetch libtensorflow',
    );
    if (!hasAddon(join(folder, 'node_modules', '@tensorflow', 'tfjs-node'))) {
      throw failed('its install script ended without making the native addon', '');
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function runNpm(command: ScriptCommand, what: string, { log, signal }: Installation): Promise<void> {
  const ended = await runProcess(command, { timeoutMs: LONGEST_MS, signal, log });
  if (ended.how === 'not-started') {
    throw new Refusal(
      'npm-missing',
      `tfjs-node was not installed: npm does not start (${ended.code}); install Node.js with npm, or name the folder of an installed @tensorflow/tfjs-node in the setting attribution.tfjsNode.path.`,
    );
  }
  if (ended.how === 'timeout') throw failed(what, `no end after ${LONGEST_MS / 60_000} minutes`);
  if (ended.how === 'signal') throw failed(what, `npm was ended by ${ended.signal}`);
  if (ended.code !== 0) throw failed(what, reason(ended.stderr));
}

function failed(what: string, why: string): Refusal {
  const because = why ? ` (${why})` : '';
  return new Refusal(
    'tfjs-node-install',
    `tfjs-node was not installed: ${what}${because}; on a closed network install @tensorflow/tfjs-node where it can be downloaded, copy it here with its node_modules and name the folder in the setting attribution.tfjsNode.path.`,
  );
}

/** The line that says most: of the network first, else the first error. */
function reason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!|warn)\s*/i, '').trim());
  const network =
    /ENOTFOUND|ENOTCACHED|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|E40[0-9]|CERT|status code/;
  const line =
    lines.find((each) => network.test(each)) ??
    lines.find((each) => /error/i.test(each)) ??
    lines.find((each) => each);
  return (line ?? '').slice(0, 160).replace(/[.;]$/, '');
}

/**
 * npm as a program and its first arguments. On Windows npm is a batch file, which only a shell can run: there its
 * script is given to the node beside it.
 */
function npmCommand(env: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  if (process.platform !== 'win32') return ['npm'];
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter);
  const home = folders.find((folder) => folder && existsSync(join(folder, 'npm.cmd')));
  const script = home && join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const node = script && folders.map((folder) => join(folder, 'node.exe')).find((path) => existsSync(path));
  return script && node && existsSync(script) ? [node, script] : ['npm.exe'];
}
