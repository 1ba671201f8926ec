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

  /** Points at a line until its hover with that text stands: one that opens while the window is busy may go at once. */
  async hover(line: string, text: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: text }).first();
    for (let attempt = 1; ; attempt++) {
      await this.line(line).hover({ position: { x: 60, y: 8 } });
      try {
        await hover.waitFor({ timeout: 7_000 });
        return hover;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.mouse.move(5, 5);
      }
    }
  }

  /** Ctrl+G, as a person would; who sees the box still there presses Enter in it again. */
  async goTo(line: number): Promise<void> {
    await this.quickPick.open('Control+g', `:${line}`);
    await this.quickPick.enterUntilClosed(new RegExp(`line ${line}\\b`));
    // Keys go nowhere until the editor has the focus back.
    await this.page.locator('.monaco-editor.focused').first().waitFor({ timeout: 15_000 });
    await this.cursorIn(line);
  }
}
