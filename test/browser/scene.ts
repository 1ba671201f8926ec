import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { scratchFolder } from '../workbench/folders.ts';
import type { Release } from '../workbench/installVSCode.ts';
import { Workbench } from '../workbench/workbench.ts';
import { PanelPage } from './panelPage.ts';
import { type Running, serverFor, sharedBrowser, stopServers } from './servers.ts';
import { type Files, Workspace } from './workspace.ts';

export const explainEntry = 'Explain with Attribution Lens';

export interface SceneOptions {
  readonly release?: Release;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly files?: Files;
  /** VS Code asks whether the workspace is trusted, as it asks everybody. */
  readonly asksForTrust?: boolean;
  /** Variables of the window's extensions. */
  readonly env?: Readonly<Record<string, string>>;
  /** With a notebook kernel and a debugger of Python. */
  readonly hasPython?: boolean;
  /** Drawn all the time: for who takes pictures of the page itself. */
  readonly isSeen?: boolean;
}

/** The window of `Scene.shared`. */
let kept: Scene | undefined;

/** A window on a copy of the sample workspace, with the packaged extension installed. */
export class Scene {
  #hasFailed = false;
  /** What was in the workspace when the test began. */
  #before: ReadonlySet<string> = new Set();

  private constructor(
    readonly workbench: Workbench,
    readonly panel: PanelPage,
    readonly runtime: Running['runtime'],
    private readonly folder: Workspace,
    private readonly scratch: AsyncDisposable,
    private files: Files,
  ) {}

  /** A window of its own, with settings and a run history that nobody has touched. */
  static async open(options: SceneOptions = {}): Promise<Scene> {
    const {
      release = '1.139',
      settings = {},
      files = {},
      asksForTrust = false,
      env = {},
      hasPython = false,
      isSeen = false,
    } = options;
    const scratch = await scratchFolder('browser');
    try {
      const folder = await Workspace.copy(scratch.path);
      await folder.add(files);
      const { server, runtime } = await serverFor({ release, settings, asksForTrust, hasPython, env });
      const workbench = await Workbench.open(await sharedBrowser(), server, folder.path, {
        isUnseen: !isSeen,
      });
      return new Scene(workbench, new PanelPage(workbench.webview()), runtime, folder, scratch, files);
    } catch (error) {
      await scratch[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * The window that the tests before have used, with all editors closed and all their files gone. Its run history, and
   * what was picked for a file by its name, are kept: who minds takes other names, or a window of its own. A new window
   * where a test before has failed.
   */
  static async shared(files: Files = {}): Promise<Scene> {
    const before = kept;
    kept = undefined;
    if (before) await (before.#hasFailed ? before.#dispose() : before.#clear());
    const isNew = !before || before.#hasFailed;
    // A window that is still starting misses files that come meanwhile.
    const scene = isNew ? await Scene.open({ files }) : before;
    if (!isNew) await scene.folder.add(files);
    scene.files = files;
    kept = scene;
    return scene;
  }

  get workspace(): string {
    return this.folder.path;
  }

  /** Right-click in the explorer, as the README tells a newcomer. */
  async explain(path: string): Promise<void> {
    await this.workbench.chooseInMenu(await this.workbench.reveal(path), explainEntry);
  }

  /** Explains, and waits for the picture of this very file: the one before stands until then. */
  async explained(path: string, timeout = 60_000): Promise<void> {
    await this.explain(path);
    await this.panel.drawn(timeout, basename(path));
    await this.#focused();
  }

  /** The panel that shows a file, where there are two; VS Code puts them in an order of its own. */
  async panelOf(file: string): Promise<PanelPage> {
    for (const end = Date.now() + 60_000; Date.now() < end; await setTimeout(100)) {
      for (const nth of [0, 1]) {
        const page = new PanelPage(this.workbench.webview(nth));
        if (await page.frame.locator(`body[data-file="${file}"]`).count()) return page;
      }
    }
    throw new Error(`No panel shows ${file}.`);
  }

  /** Explains what cannot be explained, and waits for what is said of this very file. */
  async refused(path: string, sentence: string | RegExp): Promise<void> {
    await this.explain(path);
    await this.workbench.tab(`Attribution: ${basename(path)}`).waitFor({ timeout: 20_000 });
    await this.panel.frame.locator('body[data-state="refused"]').waitFor({ timeout: 30_000 });
    await this.panel.says('refusal', sentence);
    await this.#focused();
  }

  /**
   * Explaining ends with the focus in the panel, which would close a list or a menu that opens before, and take a
   * command that is meant for a text. Where it took long, the focus stays where it is.
   */
  async #focused(): Promise<void> {
    const inPanel = "document.activeElement?.tagName === 'IFRAME'";
    await this.workbench.page.waitForFunction(inPanel, undefined, { timeout: 3000 }).catch(() => {});
  }

  /** For `afterEach`: what a failed test looked like. */
  async pictureIfFailed(test: Mocha.Runnable | undefined): Promise<void> {
    if (test?.state !== 'failed') return;
    this.#hasFailed = true;
    const name = test.fullTitle().replace(/[^\w]+/g, '-');
    console.error(`Screenshot: ${await this.workbench.screenshot(`failed-${name}`)}`);
    console.error(this.workbench.errors.slice(-5).join('\n'));
  }

  async begin(): Promise<void> {
    this.#before = await this.folder.listed();
  }

  /** For a test that is tried again: what it may have written is as it was, and no list is open. */
  async tryAgain(): Promise<void> {
    await this.workbench.page.keyboard.press('Escape');
    await this.workbench.dismissNotifications();
    await this.folder.restore(this.files, this.#before);
  }

  async close(): Promise<void> {
    if (this !== kept) await this.#dispose();
  }

  async #clear(): Promise<void> {
    await this.workbench.page.keyboard.press('Escape');
    await this.workbench.command('View: Close All Editors');
    await this.workbench.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    await this.workbench.dismissNotifications();
    await this.folder.clear();
  }

  async #dispose(): Promise<void> {
    await this.workbench.close();
    await this.scratch[Symbol.asyncDispose]();
  }
}

// Of all files that are loaded with this one. Scripts that make pictures end with their process.
const hooks = globalThis as { after?: typeof after; beforeEach?: typeof beforeEach };
hooks.beforeEach?.(async function () {
  const { currentTest } = this as { currentTest?: unknown };
  const isFirst = (currentTest as { currentRetry(): number }).currentRetry() === 0;
  await (isFirst ? kept?.begin() : kept?.tryAgain());
});
hooks.after?.(async () => {
  if (kept) await kept.workbench.close();
  await stopServers();
});
