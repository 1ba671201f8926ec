import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { packages } from '../suites/packages.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { scratchFolder } from '../workbench/folders.ts';
import { installVSCode, type Release } from '../workbench/installVSCode.ts';
import { type Server, startServer } from '../workbench/server.ts';
import { standInPython } from './standIns/standInPython.ts';

export interface ServerChoice {
  readonly release: Release;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly asksForTrust: boolean;
  readonly hasPython: boolean;
  readonly env: Readonly<Record<string, string>>;
}

export interface Running {
  readonly server: Server;
  readonly runtime: 'onnxruntime-node' | 'onnxruntime-web';
}

const stack: AsyncDisposable[] = [];
const running = new Map<string, Promise<Running>>();
let browser: Promise<Browser> | undefined;

/** Windows that ask for the same share a server: installing the extension and starting one takes seconds. */
export function serverFor(choice: ServerChoice): Promise<Running> {
  const key = JSON.stringify(choice);
  const known = running.get(key) ?? start(choice);
  running.set(key, known);
  return known;
}

/** One for all windows of this process; each has a profile of its own. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= launchBrowser().then((launched) => {
    stack.push({ [Symbol.asyncDispose]: () => launched.close() });
    return launched;
  });
  return browser;
}

export async function stopServers(): Promise<void> {
  for (const each of stack.splice(0).reverse()) await each[Symbol.asyncDispose]();
}

/** The newest release gets the native package where there is one, the oldest the universal one. */
async function start({ release, settings, asksForTrust, hasPython, env }: ServerChoice): Promise<Running> {
  const built = process.env.ATTRIBUTION_LENS_VSIX ? process.env : await packages();
  const [universal, native] = [built.ATTRIBUTION_LENS_VSIX!, built.ATTRIBUTION_LENS_VSIX_NATIVE!];
  const isNative = release === '1.139' && native !== universal;
  const scratch = await scratchFolder('server');
  stack.push(scratch);
  const server = await startServer({
    vscode: await installVSCode(release),
    home: join(scratch.path, 'home'),
    extensions: [isNative ? native : universal, ...(hasPython ? [await standInPython(scratch.path)] : [])],
    settings: { 'workbench.colorTheme': 'Default Dark Modern', ...settings },
    isTest: true,
    asksForTrust,
    env,
  });
  stack.push(server);
  return { server, runtime: isNative ? 'onnxruntime-node' : 'onnxruntime-web' };
}
