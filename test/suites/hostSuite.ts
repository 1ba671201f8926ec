import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { TEST_VARIABLE } from '../native/openTfjsNode.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { out, root, scratchFolder } from '../workbench/folders.ts';
import { installVSCode, type Release } from '../workbench/installVSCode.ts';
import { copySample } from '../workbench/sample.ts';
import { type Server, startServer } from '../workbench/server.ts';
import { standInManifest } from '../workbench/standInManifest.ts';
import { type OpenOptions, Workbench } from '../workbench/workbench.ts';
import { testFiles } from './mochaSuite.ts';
import { readReport, type Tally, tally } from './testReport.ts';
import { tfjsNodeVariable } from './tfjsNode.ts';

export interface HostSuite {
  readonly release: Release;
  /** The packaged extension that is tested. */
  readonly vsix: string;
  readonly grep?: string;
}

const limit = 1_500_000;
const LOOK_EVERY = 5000;

/**
 * Runs test/host inside the extension host of a real VS Code, with the packaged extension installed and a copy of the
 * sample workspace open. The report decides, not the exit code alone.
 */
export async function runHostSuite({ release, vsix, grep }: HostSuite): Promise<Tally> {
  const name = `host-${release}`;
  const report = join(out, 'reports', `${name}.json`);
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  bundled ??= bundleTests();
  const tests = await bundled;
  await using scratch = await scratchFolder(name);
  const workspace = await copySample(scratch.path);
  const harness = await standInExtension(join(scratch.path, 'harness'));
  await using server = await startServer({
    vscode: await installVSCode(release),
    home: join(scratch.path, 'home'),
    extensions: [vsix],
    env: {
      ATTRIBUTION_LENS_REPORT: report,
      ATTRIBUTION_LENS_GREP: grep ?? '',
      [TEST_VARIABLE]: await tfjsNodeVariable(),
    },
    // In a browser VS Code saves by itself after a second, in the middle of a test about text that is not saved.
    settings: { 'files.autoSave': 'off' },
    isTest: true,
    runsTests: true,
  });
  const browser = await launchBrowser();
  try {
    const payload = [
      ['extensionDevelopmentPath', `vscode-remote://${server.authority}${harness}`],
      ['extensionTestsPath', `vscode-remote://${server.authority}${join(tests, 'index.cjs')}`],
    ] as const;
    const code = await exitCode(browser, server, workspace, payload, name);
    if (code !== 0) console.error(`${name}: VS Code ended the test run with code ${code}.`);
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}\n${server.log().slice(-2000)}`);
  } finally {
    await browser.close();
  }
  const result = readReport(report);
  console.log(`\n── ${name}`);
  for (const { title, outcome, error } of result.tests) {
    console.log(
      `  ${{ passed: '✔', failed: '✘', skipped: '-' }[outcome]} ${title}${error ? `\n${error}` : ''}`,
    );
  }
  return tally(result);
}

/**
 * Opens the workbench with the tests and waits for the code they end with. Any other code than 0 leaves a screenshot.
 * @throws Error when the extension host dies or the time is up.
 */
async function exitCode(
  browser: Browser,
  server: Server,
  folder: string,
  payload: OpenOptions['payload'],
  name: string,
): Promise<number> {
  const log = createWriteStream(join(out, 'reports', `${name}.log`));
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const workbench = await Workbench.open(browser, server, folder, {
    payload,
    // A small window is laid out in less time.
    width: 1000,
    height: 600,
    isUnseen: true,
    // The workbench calls these when it is driven by a test.
    onPage: async (page) => {
      await page.exposeFunction('codeAutomationExit', end);
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        log.write(`[${type}] ${args.join(' ')}\n`);
      });
    },
  });
  const died = workbench.page.getByText(/extension host.* terminated unexpectedly/i).first();
  const watch = new AbortController();
  const crash = crashOf(async () => (await died.count()) > 0, watch.signal);
  try {
    const code = await Promise.race([ended, crash]);
    if (code !== 0) await workbench.screenshot(`${name}-failed`);
    return code;
  } catch (error) {
    await workbench.screenshot(`${name}-failed`);
    throw error;
  } finally {
    watch.abort();
    log.end();
  }
}

/**
 * Rejects when the extension host died or the time is up. It looks now and then: looking through all of the page, as
 * Playwright does twice a second while it waits, would take a good part of the computing.
 */
async function crashOf(hasDied: () => Promise<boolean>, signal: AbortSignal): Promise<never> {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    await wait(LOOK_EVERY, undefined, { signal, ref: false });
    // A page that is being loaded cannot be asked.
    if (await hasDied().catch(() => false)) throw new Error('The extension host died.');
  }
  throw new Error(`The tests were not through after ${limit / 1000} s.`);
}

let bundled: Promise<string> | undefined;

async function bundleTests(): Promise<string> {
  const outdir = join(out, 'host-tests');
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'test/host/index.ts'), ...testFiles('test/host')].map((path) => ({
      in: path,
      out: basename(path, '.ts'),
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'onnxruntime-common', 'onnxruntime-web', 'onnxruntime-node'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  return outdir;
}

const STAND_INS = `
exports.activate = () => {
  require('vscode').debug.registerDebugAdapterDescriptorFactory('debugpy', {
    createDebugAdapterDescriptor: () => globalThis.standInDebugger(),
  });
  return { kernels: { getKernel: async (uri) => globalThis.standInKernels?.get(uri.toString()) } };
};`;

/**
 * VS Code runs tests only beside an extension under development; ours is an installed one. Its kernels are those that a
 * test puts into `standInKernels`; the debugger of Python is what `standInDebugger` gives.
 */
async function standInExtension(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), standInManifest);
  await writeFile(join(folder, 'x.js'), STAND_INS);
  return folder;
}
