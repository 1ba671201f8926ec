import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../workbench/browser.ts';
import type { ThemeName } from './themes.ts';

export interface Room {
  /** Which of our pages; the panel's unless given. */
  readonly of?: 'panel' | 'glance';
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  readonly scale?: number;
  readonly forcedColors?: 'active' | 'none';
}

let browser: Promise<Browser> | undefined;
/** The page of a test before: a new document in it takes a fraction of the time of a new page. */
let spare: Page | undefined;

/** A page of that size, of which only the size is left from a test before. */
export async function pageFor(room: Room, prepare: (page: Page) => Promise<void>): Promise<Page> {
  const viewport = { width: room.width ?? 860, height: room.height ?? 900 };
  if (isPlain(room) && spare) {
    const page = spare;
    spare = undefined;
    await page.setViewportSize(viewport);
    return page;
  }
  browser ??= launchBrowser();
  const { scale: deviceScaleFactor = 1, forcedColors = 'none' } = room;
  const page = await (await browser).newPage({ viewport, deviceScaleFactor, forcedColors });
  await prepare(page);
  return page;
}

/** Keeps the page for the next that asks for a plain one. */
export async function giveBack(page: Page, room: Room): Promise<void> {
  if (spare || !isPlain(room)) return page.close();
  page.removeAllListeners();
  await page.evaluate(() => sessionStorage.clear());
  // A pointer left where it was would be over the next test's picture.
  await page.mouse.move(0, 0);
  await page.goto('about:blank');
  spare = page;
}

export async function closeBrowser(): Promise<void> {
  spare = undefined;
  await (await browser)?.close();
  browser = undefined;
}

function isPlain({ scale = 1, forcedColors = 'none' }: Room): boolean {
  return scale === 1 && forcedColors === 'none';
}

// Of all files that are loaded with this one; the bench has no mocha and closes it itself.
(globalThis as { after?: typeof after }).after?.(closeBrowser);
