import type { Locator, Page } from 'playwright-core';

interface Reached {
  /** Every control that is shown, by id, label or text. */
  readonly controls: readonly string[];
  /** Those at whose middle something else lies. */
  readonly covered: readonly string[];
  /** Those that the Tab key, or an arrow key in the list of tabs or the confusion matrix, comes to. */
  readonly focused: readonly string[];
  /** Those of them that show nothing when the keys are on them. */
  readonly unseen: readonly string[];
}

const CONTROLS = 'button:enabled, select:enabled, input:enabled, a[href], [tabindex="0"]';

/** Which of the page's controls a hand and the keys come to. */
export async function reachable(page: Page): Promise<Reached> {
  const shown = page.locator(`:is(${CONTROLS}):visible`);
  const controls = await names(shown);
  const hits = await shown.evaluateAll((all) =>
    all.map((each) => {
      each.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = each.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit !== null && (each.closest('label, .stage') ?? each).contains(hit);
    }),
  );
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const focused = new Set<string>();
  const unseen = new Set<string>();
  // What scrolls and holds no control is a stop of its own.
  for (let i = 0; i < controls.length + 6; i++) {
    await page.keyboard.press('Tab');
    const { name, isOutlined, isInMatrix } = await page.evaluate(atKeys);
    if (name) focused.add(name);
    if (name && !isOutlined) unseen.add(name);
    if (!isInMatrix) continue;
    await page.keyboard.press('Home');
    for (const each of await page.locator('#confusion button').all()) {
      const here = each.and(page.locator(':focus'));
      if (await here.count()) for (const one of await names(here)) focused.add(one);
      await page.keyboard.press('ArrowRight');
    }
  }
  const tabs = await names(page.locator('[role=tab]:visible'));
  if (tabs.some((tab) => focused.has(tab))) for (const tab of tabs) focused.add(tab);
  return {
    controls,
    covered: controls.filter((_, i) => !hits[i]),
    focused: [...focused],
    unseen: [...unseen],
  };
}

/** What the keys are on. A list of a chip lies unseen over what it shows: the chip has the outline. */
function atKeys(): { name: string; isOutlined: boolean; isInMatrix: boolean } {
  const at = document.activeElement as HTMLElement;
  const isOutlined = [at, at.closest('.chip')].some((one) => {
    const style = one && getComputedStyle(one);
    return style !== null && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
  });
  const name = at === document.body ? '' : at.id || at.getAttribute('aria-label') || at.innerText;
  return { name, isOutlined, isInMatrix: at.closest('#confusion') !== null };
}

function names(all: Locator): Promise<string[]> {
  return all.evaluateAll((each) =>
    each.map((one) => one.id || one.getAttribute('aria-label') || (one as HTMLElement).innerText),
  );
}
