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

  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.closed();
  }
}
