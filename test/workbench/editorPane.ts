import type { Locator, Page } from 'playwright-core';

/** The text editor that has the focus, or the first one that can be seen. */
export class EditorPane {
  constructor(private readonly page: Page) {}

  line(text: string | RegExp): Locator {
    return this.page.locator('.monaco-editor .view-line', { hasText: text }).first();
  }

  /** 1-based number of the line with the cursor, as the status bar says it. */
  async cursorLine(): Promise<number> {
    const status = await this.page
      .locator('.statusbar-item', { hasText: /Ln \d+/ })
      .textContent({ timeout: 15_000 });
    return Number(/Ln ([\d,.]+)/.exec(status ?? '')?.[1]?.replace(/\D/g, ''));
  }

  /** Ctrl+G, as a person would. */
  async goTo(line: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    const box = this.page.locator('.quick-input-widget input[type="text"]').first();
    await box.waitFor();
    await box.fill(`:${line}`);
    await this.page.keyboard.press('Enter');
  }
}
