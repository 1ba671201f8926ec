import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { EditorPane } from './editorPane.ts';
import { out } from './folders.ts';
import { QuickPick } from './quickPick.ts';
import type { Server } from './server.ts';

export interface OpenOptions {
  /** What the workbench is told in its URL, e.g. `extensionTestsPath`. */
  readonly payload?: readonly (readonly [string, string])[];
  /** Before the workbench is loaded. */
  readonly onPage?: (page: Page) => Promise<void>;
  /** Of the window, in CSS pixels; 1400 × 900 unless given. */
  readonly width?: number;
  readonly height?: number;
  /**
   * Drawn for `screenshot` only: what is wholly transparent is laid out and clicked as ever, but not rasterised and put
   * together, which takes a seventh of a window's computing without a graphics card.
   */
  readonly isUnseen?: boolean;
}

/** VS Code moves its progress bar and turns its wheels however little motion is asked for: a twentieth of a core. */
const still = `if (window === top) addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '.progress-bit, .codicon-modifier-spin { animation: none !important }';
  document.head.append(style);
});`;

const UNSEEN = 'data-test-unseen';
const unseen = `if (window === top) addEventListener('DOMContentLoaded', () => {
  const style = document.createElement('style');
  style.textContent = '[${UNSEEN}] body { opacity: 0 !important }';
  document.head.append(style);
  document.documentElement.setAttribute('${UNSEEN}', '');
});`;

/** A VS Code window in the browser, used as a person uses it. */
export class Workbench {
  readonly quickPick: QuickPick;
  readonly editor: EditorPane;

  private constructor(
    readonly page: Page,
    /** Addresses the window asked for outside this machine; every one was refused. */
    readonly outside: readonly string[],
    /** Console errors, for the report of a failed test. */
    readonly errors: readonly string[],
    private readonly isUnseen: boolean,
  ) {
    this.quickPick = new QuickPick(page);
    this.editor = new EditorPane(page, this.quickPick);
  }

  static async open(
    browser: Browser,
    server: Server,
    folder: string,
    options: OpenOptions = {},
  ): Promise<Workbench> {
    const outside: string[] = [];
    const errors: string[] = [];
    const { width = 1400, height = 900, isUnseen = false } = options;
    // Drawn without a graphics card: every frame costs computing time, by its size, and an animation is many of them.
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => {
        outside.push(route.request().url());
        return route.abort();
      },
    );
    await context.addInitScript({ content: still });
    if (isUnseen) await context.addInitScript({ content: unseen });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await options.onPage?.(page);
    const query = new URLSearchParams({ folder });
    if (options.payload) query.set('payload', JSON.stringify(options.payload));
    await page.goto(`${server.url}/?${query}`);
    const workbench = new Workbench(page, outside, errors, isUnseen);
    await workbench.ready();
    return workbench;
  }

  /** Waits until the explorer lists files. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }

  /** As a person does; a bare reload of the page may come before VS Code has stored its editors. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** A row of the explorer; folders on the way are opened by `reveal`. */
  file(name: string): Locator {
    // Alone or with what is said of it behind: `data` is not the row of `data.csv`.
    const labels = [`="${name}"`, `^="${name} "`, `^="${name},"`];
    const rows = labels.map((label) => `.explorer-folders-view .monaco-list-row[aria-label${label}]`);
    return this.page.locator(rows.join(', ')).first();
  }

  /** Opens the folders of a path such as `data/walk.csv` and gives the row of the file. */
  async reveal(path: string): Promise<Locator> {
    const names = path.split('/');
    for (const folder of names.slice(0, -1)) {
      const row = this.file(folder);
      await this.#listed(row);
      await this.#unfolded(row);
    }
    const file = this.file(names.at(-1)!);
    await this.#listed(file);
    return file;
  }

  /** A list that is being made anew may swallow the click, or fold again what it had not yet drawn. */
  async #unfolded(row: Locator): Promise<void> {
    for (let attempt = 1; (await row.getAttribute('aria-expanded')) !== 'true'; attempt++) {
      await row.click();
      await row
        .and(this.page.locator('[aria-expanded=true]'))
        .waitFor({ timeout: 3_000 })
        .catch((error) => {
          if (attempt === 4) throw error;
        });
    }
  }

  /**
   * A window that is still starting may miss files that came meanwhile, or put another view in the explorer's place: then
   * it is shown again and its list made anew, as by a person.
   */
  async #listed(row: Locator): Promise<void> {
    const explorer = this.page.locator('.explorer-folders-view');
    for (let attempt = 1; ; attempt++) {
      try {
        return await row.waitFor({ timeout: 6_000 * attempt });
      } catch (error) {
        const listed = await explorer.locator('.monaco-list-row').allInnerTexts();
        if (attempt === 4)
          throw new Error(`The explorer lists ${JSON.stringify(listed)} only.`, { cause: error });
        // A window that has not found its folder by now does not find it.
        if (attempt === 2 && listed.length === 0) await this.page.reload();
        if (listed.length > 0 && (await this.#scrolledTo(row))) return;
      }
      await this.page.keyboard.press('Control+Shift+E');
      const refresh = this.page.locator('a.action-label[aria-label="Refresh Explorer"]');
      await explorer
        .hover({ timeout: 10_000 })
        .then(() => refresh.click({ timeout: 10_000 }))
        .catch(() => {});
    }
  }

  /** A list that is longer than its place holds only the rows that are seen. */
  async #scrolledTo(row: Locator): Promise<boolean> {
    const explorer = this.page.locator('.explorer-folders-view');
    await explorer.hover({ timeout: 10_000 });
    await this.page.mouse.wheel(0, -100_000);
    for (let page = 0; page < 12; page++) {
      await this.page.waitForTimeout(200);
      if (await row.isVisible()) return true;
      await this.page.mouse.wheel(0, 300);
    }
    return false;
  }

  /** Right-clicks and gives the entry, hovered but not chosen. */
  async contextMenu(target: Locator, entry: string): Promise<Locator> {
    const item = this.page.locator('.monaco-menu .action-item', { hasText: entry });
    for (let attempt = 1; ; attempt++) {
      await target.click({ button: 'right' });
      try {
        // What the extension finds out (which files are series) may come after the menu: then it is opened again.
        await item.waitFor({ timeout: 4_000 * attempt });
        await item.hover({ timeout: 5_000 });
        return item;
      } catch (error) {
        // A window that is still starting takes the focus, and the menu with it.
        await this.page.keyboard.press('Escape');
        if (attempt === 4) throw error;
      }
    }
  }

  /**
   * Right-clicks and chooses. A menu that has just opened may swallow the click, or go because something else takes the
   * focus: then a person begins again.
   */
  async chooseInMenu(target: Locator, entry: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const item = await this.contextMenu(target, entry);
      // A menu takes no click in its first 100 ms, so that the right click's own release chooses nothing.
      await this.page.waitForTimeout(150);
      try {
        await item.click({ timeout: 5_000 });
        return await item.waitFor({ state: 'detached', timeout: 5_000 });
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Runs a command from the palette by its full title, `Attribution: Pick Layer…`. */
  async command(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.quickPick.open('F1', `>${title}`);
      try {
        await this.quickPick.enter(title, 5_000 * attempt);
        break;
      } catch (error) {
        // Something took the focus, and the palette went before the command was there.
        if (attempt === 3) throw error;
      }
    }
    // Its own list is gone before the one a command may show is read.
    await this.page.waitForFunction(
      "!document.querySelector('.quick-input-widget:not([style*=\"display: none\"]) input[type=text]')?.value.startsWith('>')",
    );
  }

  /** The page inside the nth webview that can be seen. */
  webview(nth = 0): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').nth(nth).frameLocator('iframe#active-frame');
  }

  /** By the beginning of its name. */
  tab(title: string): Locator {
    return this.page.locator(`.tabs-container .tab[aria-label^="${title}"]`).first();
  }

  /** A button at the right of the editor's tabs. */
  titleAction(label: string): Locator {
    return this.page.locator(`.editor-actions .action-label[aria-label*="${label}"]`);
  }

  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }

  async dismissNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** `out/screenshots/NAME.png`. */
  async screenshot(name: string): Promise<string> {
    await mkdir(join(out, 'screenshots'), { recursive: true });
    const path = join(out, 'screenshots', `${name}.png`);
    if (this.isUnseen) await this.#hide(false);
    await this.page.screenshot({ path });
    if (this.isUnseen) await this.#hide(true);
    return path;
  }

  async #hide(hidden: boolean): Promise<void> {
    await this.page.evaluate(`document.documentElement.toggleAttribute('${UNSEEN}', ${hidden})`);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
