import type { Locator, Page } from 'playwright-core';
import type { QuickPick } from './quickPick.ts';

/** The text editor that has the focus, or the first one that can be seen. */
export class EditorPane {
  constructor(
    private readonly page: Page,
    private readonly quickPick: QuickPick,
  ) {}

  line(text: string | RegExp): Locator {
    return this.page.locator('.monaco-editor .view-line', { hasText: text }).first();
  }

  /** Waits until the cursor stands in a line (1-based); the status bar says so only while the editor has the focus. */
  async cursorIn(line: number): Promise<void> {
    const number = this.page.locator('.monaco-editor .active-line-number', {
      hasText: new RegExp(`^${line}$`),
    });
    await number.first().waitFor({ timeout: 15_000 });
  }

  /** Ctrl+G, as a person would. */
  async goTo(line: number): Promise<void> {
    await this.quickPick.open('Control+g', `:${line}`);
    await this.page.keyboard.press('Enter');
    await this.quickPick.closed();
    // Keys go nowhere until the editor has the focus back.
    await this.page.locator('.monaco-editor.focused').first().waitFor({ timeout: 15_000 });
    await this.cursorIn(line);
  }
}
