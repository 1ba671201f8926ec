import type { Locator, Page } from 'playwright-core';

/** The list under the title bar: the palette and every "Pick …". */
export class QuickPick {
  readonly #widget: Locator;

  constructor(private readonly page: Page) {
    this.#widget = page.locator('.quick-input-widget');
  }

  async opened(): Promise<void> {
    await this.#widget.locator('input').first().waitFor({ timeout: 15_000 });
  }

  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden', timeout: 15_000 });
  }

  /**
   * Opens the box by a key and puts text in it. Something else in the window may take the focus in that moment (a page
   * that has just been drawn, a tab that comes to the front), which closes the box again: then a person presses again.
   */
  async open(key: string, text: string): Promise<void> {
    const box = this.#widget.locator('input[type="text"]').first();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.keyboard.press(key);
        await box.fill(text, { timeout: 4000 });
        await this.page.waitForTimeout(150);
        if ((await box.isVisible()) && (await box.inputValue()) === text) return;
        throw new Error(`The box that ${key} opens was closed by something else.`);
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
        // A key that nothing hears: a click on a word that does nothing takes the focus out of whatever has it.
        if (attempt > 1) await this.page.locator('.part.sidebar .title-label').first().click();
      }
    }
  }

  /** Replaces what stands in the box. */
  async type(text: string): Promise<void> {
    await this.opened();
    await this.#widget.locator('input[type="text"]').first().fill(text);
  }

  item(text: string | RegExp): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** The rows as read to a blind person: label, description and detail. */
  async items(): Promise<string[]> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor({ timeout: 15_000 });
    const labels = await rows.evaluateAll((elements) =>
      elements.map((row) => row.getAttribute('aria-label')),
    );
    return labels.map((label) => label ?? '');
  }

  /** The row an Enter would take. */
  async focused(): Promise<string> {
    const row = this.#widget.locator('.quick-input-list .monaco-list-row.focused');
    return (await row.getAttribute('aria-label', { timeout: 15_000 })) ?? '';
  }

  async arrow(direction: 'ArrowDown' | 'ArrowUp', times = 1): Promise<void> {
    for (let count = 0; count < times; count++) await this.page.keyboard.press(direction);
  }

  async choose(text: string | RegExp): Promise<void> {
    await this.item(text).click();
    await this.closed();
  }

  /** Enter in the box, once a row stands under it; throws where the box is gone by then. */
  async enter(row: string | RegExp, timeout: number): Promise<void> {
    await this.item(row).waitFor({ timeout });
    await this.#widget.locator('input[type="text"]').first().press('Enter', { timeout: 2_000 });
  }

  /** The same where the box may be slow to take it: on a busy machine an Enter went unheard, and the box stayed. */
  async enterUntilClosed(row: string | RegExp): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.enter(row, 5_000);
        return await this.#widget.waitFor({ state: 'hidden', timeout: 5_000 });
      } catch (error) {
        if (!(await this.#widget.isVisible())) return;
        if (attempt === 4) throw error;
      }
    }
  }

  /** In the box, wherever the focus is by now. */
  async accept(): Promise<void> {
    await this.#widget.locator('input[type="text"]').first().press('Enter');
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.closed();
  }
}
