import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { VSCode } from './installVSCode.ts';
import { run } from './run.ts';

export interface ServerOptions {
  readonly vscode: VSCode;
  /** Holds all the server writes: settings, extensions, logs. */
  readonly home: string;
  /** Packages to install first. */
  readonly extensions?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Asked of the browser; without one every process of this machine can open the workbench. */
  readonly token?: string;
  readonly port?: number;
  /** End when no window is left, keep the person's HOME out of it. */
  readonly isTest: boolean;
  /** Obey `extensionTestsPath` in the URL. VS Code then shows no notifications over the workbench. */
  readonly runsTests?: boolean;
  /** For tests of the restricted mode: ask whether the folder is trusted; else tests trust everything. */
  readonly asksForTrust?: boolean;
}

export interface Server extends AsyncDisposable {
  readonly url: string;
  /** `127.0.0.1:port`, as vscode-remote URIs name it. */
  readonly authority: string;
  log(): string;
}

/** A VS Code server on 127.0.0.1 with its own settings and extensions. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { vscode, home } = options;
  const userData = join(home, 'data');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(join(home, 'tmp'), { recursive: true });
  await writeFile(
    join(userData, 'User/settings.json'),
    JSON.stringify({ ...calm, ...(options.isTest ? steady : {}), ...options.settings }, null, 2),
  );
  const env = environment(options);
  const folders = ['--server-data-dir', join(home, 'server'), '--user-data-dir', userData];
  folders.push('--extensions-dir', join(home, 'extensions'));
  const shared = [vscode.serverMain, '--accept-server-license-terms', '--telemetry-level', 'off', ...folders];
  const { extensions = [] } = options;
  if (extensions.length > 0) {
    const all = extensions.flatMap((extension) => ['--install-extension', extension]);
    const said = await run(vscode.node, [...shared, ...all, '--force'], { env });
    if (said.split('successfully installed').length <= extensions.length)
      throw new Error(`Not all was installed of ${extensions.join(', ')}:\n${said}`);
  }
  const access = options.token ? ['--connection-token', options.token] : ['--without-connection-token'];
  // A window that is gone does not come back, so its extensions need not wait for it.
  const testing = ['--enable-remote-auto-shutdown', '--reconnection-grace-time', '30'];
  if (options.runsTests) testing.push('--enable-smoke-test-driver');
  if (!options.asksForTrust) testing.push('--disable-workspace-trust');
  const child = spawn(
    vscode.node,
    [
      ...shared,
      '--host',
      '127.0.0.1',
      '--port',
      `${options.port ?? 0}`,
      ...access,
      ...(options.isTest ? testing : []),
    ],
    // Detached: a group of its own, so that stopping takes the extension hosts and terminals along.
    { env, cwd: home, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Being detached it would outlive a run that is broken off.
  const kill = () => signal(child, 'SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let log = '';
  const port = await listening(child, (text) => {
    log += text;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    authority: `127.0.0.1:${port}`,
    log: () => log,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

/** No tips, no chat, no updates: nothing that covers the workbench or calls home. */
const calm = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
};

/**
 * A window that is still drawing takes the focus from a list that was just opened, which would close it; and nothing
 * blinks, watches a repository or looks for packages meanwhile.
 */
const steady = {
  'workbench.quickOpen.closeOnFocusLost': false,
  'editor.cursorBlinking': 'solid',
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
};

function environment({ home, env, isTest }: ServerOptions): NodeJS.ProcessEnv {
  const own = {
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    XDG_RUNTIME_DIR: join(home, 'tmp'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
  };
  const all: NodeJS.ProcessEnv = {
    ...process.env,
    ...(isTest ? own : {}),
    // No marketplace: nothing is to be downloaded.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...env,
  };
  for (const name of ['NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI', 'ELECTRON_RUN_AS_NODE']) delete all[name];
  return all;
}

function listening(child: ChildProcess, heard: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const onText = (text: Buffer) => {
      heard(`${text}`);
      output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', onText);
    child.stderr?.on('data', onText);
    child.on('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with code ${code}:\n${output}`)));
    setTimeout(
      () => reject(new Error(`The VS Code server did not start within 30 s:\n${output}`)),
      30_000,
    ).unref();
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(undefined);
    else child.once('exit', resolve);
  });
  signal(child, 'SIGTERM');
  await Promise.race([gone, wait(4000, undefined, { ref: false })]);
  signal(child, 'SIGKILL');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}
