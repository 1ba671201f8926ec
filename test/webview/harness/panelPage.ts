import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ToGlance } from '../../../src/views/glance/contract.ts';
import { readGlance } from '../../../src/views/glance/readGlance.ts';
import type { FromPanel, PanelView, ToPanel } from '../../../src/views/panel/contract.ts';
import { pagePolicy } from '../../../src/views/panel/policy.ts';
import { readMessage } from '../../../src/views/panel/readMessage.ts';
import { bundlePage } from './bundle.ts';
import { giveBack, pageFor, type Room } from './pages.ts';
import { type ThemeName, themeClass, themeVariables } from './themes.ts';

const site = 'http://panel.test';
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

declare global {
  interface Window {
    sent: FromPanel[];
    kept: unknown[];
    blocked: string[];
  }
}

/** The built page in a browser, under the content policy of the real panel, with a fake extension host. */
export class PanelPage {
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly room: Room,
  ) {
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
  }

  static async open(room: Room = {}): Promise<PanelPage> {
    const page = await pageFor(room, serve);
    const panel = new PanelPage(page, room);
    await page.goto(`${site}/${room.of ?? 'panel'}?${room.theme ?? 'dark'}`);
    await panel.useTheme(room.theme ?? 'dark');
    return panel;
  }

  async useTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(
      ([variables, name]) => {
        document.documentElement.removeAttribute('style');
        for (const [key, value] of Object.entries(variables))
          document.documentElement.style.setProperty(key, value);
        document.body.className = name;
      },
      [themeVariables(theme), themeClass[theme]] as const,
    );
  }

  /** A message from the extension host; returns when the page has dealt with it and painted. */
  async receive(message: ToPanel | ToGlance): Promise<void> {
    await this.page.evaluate(async (data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }, message);
  }

  show(view: PanelView): Promise<void> {
    return this.receive({ kind: 'show', view });
  }

  /** Waits for the next frame, in which zoom and hover are drawn. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  /** What the page has sent to the host since it was last asked. */
  sent<Message = FromPanel>(): Promise<Message[]> {
    return this.page.evaluate(() => window.sent.splice(0)) as Promise<unknown[]> as Promise<Message[]>;
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).innerText();
  }

  /** A field of the read-out. */
  field(name: string): Promise<string> {
    return this.page.locator(`[data-field="${name}"]`).innerText();
  }

  body(name: string): Promise<string | undefined> {
    return this.page.evaluate((key) => document.body.dataset[key], name);
  }

  /** Fails on anything the page complained of, the content policy blocked, or the host would not take. */
  async close(): Promise<void> {
    const blocked = await this.page.evaluate(() => window.blocked);
    const sent = await this.page.evaluate(() => window.sent);
    await giveBack(this.page, this.room);
    assert.deepEqual([...this.errors, ...blocked], []);
    for (const message of sent) {
      const read = this.room.of === 'glance' ? readGlance : readMessage;
      assert.ok(read(message), `The host does not take ${JSON.stringify(message)}.`);
    }
  }
}

async function serve(page: Page): Promise<void> {
  const files = await bundlePage();
  await page.route(`${site}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    const name = pathname.slice(1);
    if (name === 'panel' || name === 'glance') {
      const body = shell(name, search.slice(1) as ThemeName);
      return route.fulfill({ contentType: 'text/html', body });
    }
    const file = files.get(name);
    return file
      ? route.fulfill({ contentType: types[name.split('.').pop()!], body: Buffer.from(file) })
      : route.fulfill({ status: 404 });
  });
}

function shell(name: string, theme: ThemeName): string {
  const policy = pagePolicy(site, 'abc');
  const fake = `
    window.sent = []; window.kept = []; window.blocked = [];
    addEventListener('securitypolicyviolation', (event) => blocked.push(event.violatedDirective));
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => sent.push(structuredClone(message)),
      setState: (state) => { kept.push(state); sessionStorage.kept = JSON.stringify(state); },
      getState: () => sessionStorage.kept && JSON.parse(sessionStorage.kept),
    });`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${site}/${name}.css"><title>Attribution Lens</title></head>
<body class="${themeClass[theme]}"><main id="${name}"></main>
<script nonce="abc">${fake}</script><script nonce="abc" src="${site}/${name}.js"></script></body></html>`;
}
