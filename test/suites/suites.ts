import { docsPython, NO_PYTHON, PYTHON_VARIABLE } from '../fixtures/docsPython.ts';
import { TEST_VARIABLE } from '../native/openTfjsNode.ts';
import { BUNDLED_VARIABLE, bundled } from '../workbench/bundled.ts';
import { canRunVSCode, installVSCode, type Release } from '../workbench/installVSCode.ts';
import { runChecks } from './checks.ts';
import { runHostSuite } from './hostSuite.ts';
import { runMochaSuite } from './mochaSuite.ts';
import { packages } from './packages.ts';
import { halves, rooms } from './parts.ts';
import { whenFree } from './slots.ts';
import type { Tally } from './testReport.ts';
import { tfjsNodeVariable } from './tfjsNode.ts';

export interface Suite {
  readonly name: string;
  run(grep?: string): Promise<Tally>;
}

const minutes = 60_000;

/** The first runs alone, it fails fastest; the others share the cores, and print when they are through. */
export const suites: readonly Suite[] = [
  { name: 'check', run: runChecks },
  {
    name: 'unit',
    run: async (grep) => {
      // Once, before the processes that would all do it.
      const tfjsNode = await tfjsNodeVariable();
      const python = docsPython();
      const notRun = [
        ...(tfjsNode.startsWith('!') ? [`tfjs-node, because ${tfjsNode.slice(1)}`] : []),
        ...(python ? [] : [NO_PYTHON]),
      ].join('; ');
      const bundles = ['src/cli.ts', 'src/engine/main.ts'].map((program) => [program, bundled(program)]);
      const env = {
        [TEST_VARIABLE]: tfjsNode,
        [PYTHON_VARIABLE]: python ?? '-',
        [BUNDLED_VARIABLE]: JSON.stringify(Object.fromEntries(bundles)),
      };
      const counts = await runMochaSuite({
        name: 'unit',
        folder: 'test/unit',
        kind: 'computes',
        split: rooms,
        bundled: true,
        oneThread: true,
        grep,
        env,
        timeout: 30_000,
        limit: 30 * minutes,
      });
      return notRun ? { ...counts, notRun } : counts;
    },
  },
  {
    name: 'package',
    run: async (grep) =>
      runMochaSuite({
        name: 'package',
        folder: 'test/package',
        kind: 'computes',
        grep,
        env: await packages(),
        timeout: 60_000,
        limit: 10 * minutes,
      }),
  },
  {
    name: 'webview',
    run: (grep) =>
      runMochaSuite({
        name: 'webview',
        folder: 'test/webview',
        kind: 'windows',
        grep,
        retries: 1,
        timeout: 60_000,
        limit: 20 * minutes,
      }),
  },
  host('1.139'),
  host('1.100'),
  {
    name: 'browser',
    run: inVSCode(['1.139', '1.100'], async (grep) =>
      runMochaSuite({
        name: 'browser',
        folder: 'test/browser',
        kind: 'windows',
        split: halves,
        grep,
        env: await packages(),
        retries: 1,
        timeout: 2 * minutes,
        limit: 40 * minutes,
      }),
    ),
  },
];

/** The native runtime on the newest release, WebAssembly on the oldest: both packages are seen at work. */
function host(release: Release): Suite {
  const run = async (grep?: string) => {
    const { ATTRIBUTION_LENS_VSIX_NATIVE: native, ATTRIBUTION_LENS_VSIX: universal } = await packages();
    const vsix = release === '1.139' ? native : universal;
    return whenFree('windows', () => runHostSuite({ release, vsix, grep }));
  };
  return { name: `host-${release}`, run: inVSCode([release], run) };
}

/** What is not there yet is fetched while other suites run. */
function inVSCode(releases: readonly Release[], run: Suite['run']): Suite['run'] {
  return async (grep) => {
    if (canRunVSCode()) {
      await Promise.all([packages(), ...releases.map(installVSCode)]);
      return run(grep);
    }
    console.log(
      `Skipped: the headless VS Code runs on Linux x64 only, this is ${process.platform} ${process.arch}.`,
    );
    return { passed: 0, failed: 0, skipped: 1 };
  };
}
