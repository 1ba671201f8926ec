import { setTimeout } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';

/** What a canvas is to these tests; they are compiled without the browser's types. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

/** What is drawn on a canvas, enough to tell pictures apart and an empty one from a full one. */
export interface Drawn {
  readonly colours: number;
  /** Share of pixels that are not transparent. */
  readonly filled: number;
  /** The same for the same picture. */
  readonly print: number;
}

/** The panel as a person sees it. */
export class PanelPage {
  constructor(readonly frame: FrameLocator) {}

  /** Waits until a picture, of that file where one is named, stands and nothing runs. */
  async drawn(timeout = 20_000, file?: string): Promise<void> {
    const ofFile = file === undefined ? '' : `[data-file="${file}"]`;
    await this.frame.locator(`body[data-state="drawn"]${ofFile}`).waitFor({ timeout });
  }

  /** Waits until the map is another one than `before`; the words around it may change first. */
  async redrawn(before: Drawn, timeout = 15_000): Promise<void> {
    const until = Date.now() + timeout;
    while ((await this.canvas('heatmap')).print === before.print) {
      if (Date.now() > until) throw new Error('The map is still the one from before.');
      await setTimeout(100);
    }
  }

  /** Waits until the map is again what it was. */
  async restored(before: Drawn, timeout = 15_000): Promise<void> {
    const until = Date.now() + timeout;
    while ((await this.canvas('heatmap')).print !== before.print) {
      if (Date.now() > until) throw new Error('The map is not again what it was.');
      await setTimeout(100);
    }
  }

  /** Goes to a view by its tab, or by the list of those that have no room. */
  async view(name: string): Promise<void> {
    const tab = this.frame.locator(`#tab-${name}`);
    await tab.waitFor({ state: 'attached' });
    if (await tab.isVisible()) await tab.click();
    else await this.frame.locator('#more-views').selectOption(name);
    await this.frame.locator(`#view-${name}`).waitFor();
  }

  text(id: string): Promise<string> {
    return this.frame.locator(`#${id}`).innerText();
  }

  /** `Grad-CAM of conv1d for walk`, without the caveat under it. */
  async title(): Promise<string> {
    return (await this.text('map-title')).split('\n')[0]!;
  }

  /** Waits until an element says what is expected. */
  async says(id: string, what: string | RegExp): Promise<void> {
    await this.frame.locator(`#${id}`, { hasText: what }).waitFor({ timeout: 20_000 });
  }

  refusal(): Locator {
    return this.frame.locator('#refusal');
  }

  /** T of the model's input, from the line that says how many steps are real. */
  async steps(): Promise<{ real: number; all: number }> {
    const [real, all] = (await this.text('length')).match(/\d+/g)!.map(Number);
    return { real: real!, all: all ?? real! };
  }

  async canvas(id: 'heatmap' | 'profile' | 'signals'): Promise<Drawn> {
    return this.frame.locator(`#${id}`).evaluate((element) => {
      const canvas = element as unknown as Canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Set<number>();
      let filled = 0;
      let print = 0;
      for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
        if (data[i + 3]) filled++;
        colours.add(colour);
        print = (Math.imul(print, 31) + colour) | 0;
      }
      return { colours: colours.size, filled: filled / (data.length / 4), print };
    });
  }

  /** Clicks the map in the column of a step; the zone strip lies exactly over the columns. */
  async clickStep(step: number): Promise<void> {
    const { all } = await this.steps();
    const strip = (await this.frame.locator('#zones').boundingBox())!;
    const map = (await this.frame.locator('#heatmap').boundingBox())!;
    const x = strip.x + ((step + 0.5) / all) * strip.width - map.x;
    await this.frame.locator('#heatmap').click({ position: { x, y: map.height / 2 } });
  }

  /** Waits for the mark of the editor's cursor. */
  async marked(step: number): Promise<void> {
    await this.frame.locator(`#cursor-mark[data-step="${step}"]:visible`).waitFor({ timeout: 15_000 });
  }
}
