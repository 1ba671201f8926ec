import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { packages } from '../suites/packages.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { scratchFolder } from '../workbench/folders.ts';
import { installVSCode, type Release } from '../workbench/installVSCode.ts';
import { copySample } from '../workbench/sample.ts';
import { startServer } from '../workbench/server.ts';
import { Workbench } from '../workbench/workbench.ts';
import { PanelPage } from './panelPage.ts';

export const explainEntry = 'Explain with Attribution Lens';

export interface SceneOptions {
  readonly release?: Release;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** More files of the workspace by their path in it. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** VS Code asks whether the workspace is trusted, as it asks everybody. */
  readonly asksForTrust?: boolean;
  /** Variables of the window's extensions. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A window on a copy of the sample workspace, with the packaged extension installed. */
export class Scene {
  private constructor(
    readonly workbench: Workbench,
    readonly panel: PanelPage,
    readonly workspace: string,
    readonly runtime: 'onnxruntime-node' | 'onnxruntime-web',
    private readonly stack: AsyncDisposable[],
  ) {}

  /** The newest release gets the native package where there is one, the oldest the universal one. */
  static async open({
    release = '1.139',
    settings,
    files = {},
    asksForTrust,
    env,
  }: SceneOptions = {}): Promise<Scene> {
    const stack: AsyncDisposable[] = [];
    try {
      const built = await builtPackages();
      const scratch = await scratchFolder('browser');
      stack.push(scratch);
      const workspace = await copySample(scratch.path);
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(workspace, name)), { recursive: true });
        await writeFile(join(workspace, name), content);
      }
      const isNative = release === '1.139' && built.native !== built.universal;
      const server = await startServer({
        vscode: await installVSCode(release),
        home: join(scratch.path, 'home'),
        extensions: [isNative ? built.native : built.universal],
        settings: { 'workbench.colorTheme': 'Default Dark Modern', ...settings },
        isTest: true,
        asksForTrust,
        env,
      });
      stack.push(server);
      const browser = await launchBrowser();
      stack.push(closing(browser));
      const workbench = await Workbench.open(browser, server, workspace);
      const runtime = isNative ? 'onnxruntime-node' : 'onnxruntime-web';
      return new Scene(workbench, new PanelPage(workbench.webview()), workspace, runtime, stack);
    } catch (error) {
      await disposeAll(stack);
      throw error;
    }
  }

  /** Right-click in the explorer, as the README tells a newcomer. */
  async explain(path: string): Promise<void> {
    await this.workbench.chooseInMenu(await this.workbench.reveal(path), explainEntry);
  }

  /** Explains, and waits for the picture of this very file: the one before stands until then. */
  async explained(path: string, timeout = 30_000): Promise<void> {
    await this.explain(path);
    await this.panel.drawn(timeout, basename(path));
  }

  /** For `afterEach`: what a failed test looked like. */
  async pictureIfFailed(test: Mocha.Runnable | undefined): Promise<void> {
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replace(/[^\w]+/g, '-');
    console.error(`Screenshot: ${await this.workbench.screenshot(`failed-${name}`)}`);
    console.error(this.workbench.errors.slice(-5).join('\n'));
  }

  async close(): Promise<void> {
    await disposeAll(this.stack);
  }
}

async function builtPackages(): Promise<{ universal: string; native: string }> {
  const made = process.env.ATTRIBUTION_LENS_VSIX ? process.env : await packages();
  return { universal: made.ATTRIBUTION_LENS_VSIX!, native: made.ATTRIBUTION_LENS_VSIX_NATIVE! };
}

function closing(browser: Browser): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => browser.close() };
}

async function disposeAll(stack: AsyncDisposable[]): Promise<void> {
  for (const each of stack.splice(0).reverse()) await each[Symbol.asyncDispose]();
}
