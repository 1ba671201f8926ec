import assert from 'node:assert/strict';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

/** What these tests ask of a control; they are compiled without the browser's types. */
interface Control {
  readonly id: string;
  readonly ownerDocument: { elementFromPoint(x: number, y: number): unknown };
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  contains(other: unknown): boolean;
}

describe('Picking from the palette', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({ 'data/palette.csv': sampleData('test.csv') });
    await scene.explained('data/palette.csv');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('previews layers while arrowing, and Escape restores', async () => {
    const { panel, workbench } = scene;
    const title = await panel.title();
    const map = await panel.canvas('heatmap');
    await workbench.command('Attribution: Pick Layer…');
    const layers = await workbench.quickPick.items();
    assert.ok(layers.length >= 6, `${layers.length} layers`);
    assert.ok(
      layers.every((layer) => /\d+ × \d+/.test(layer) && /receptive field|reads everything/.test(layer)),
    );
    await workbench.quickPick.arrow('ArrowUp');
    const shown = (await workbench.quickPick.focused()).split(',')[0]!;
    assert.ok(!title.includes(` of ${shown} `), `${shown} is another layer than in: ${title}`);
    await panel.says('map-title', ` of ${shown} `);
    await workbench.screenshot('layer-preview');
    await panel.redrawn(map);
    await workbench.quickPick.escape();
    await panel.says('map-title', title);
    await panel.restored(map);
  });

  it('keeps the layer that is accepted', async () => {
    const { panel, workbench } = scene;
    await workbench.command('Attribution: Pick Layer…');
    await workbench.quickPick.choose('conv2dblock');
    await panel.says('map-title', ' of conv2dblock ');
    assert.equal(await panel.frame.locator('#layer').inputValue(), 'conv2dblock');
  });

  it('goes to another instance', async () => {
    const { panel, workbench } = scene;
    await panel.says('instance', 'run_0000');
    await workbench.command('Attribution: Pick Instance…');
    await workbench.quickPick.choose('walk_0001');
    await panel.says('instance', 'walk_0001');
    await panel.says('position', '2 /');
    await workbench.command('Attribution: Next Instance');
    await panel.says('position', '3 /');
    await workbench.editor.line(await panel.text('instance')).waitFor();
  });

  it('counts the steps of a held key from the instance asked for', async () => {
    const { panel, workbench } = scene;
    const hold = async (key: string, times: number) => {
      for (let i = 0; i < times; i++) await workbench.page.keyboard.press(key);
    };
    await panel.frame.locator('#heatmap').focus();
    await hold('Alt+PageDown', 6);
    await panel.says('position', '9 /');
    await panel.frame.locator('#next').focus();
    await hold('Enter', 6);
    await panel.says('position', '15 /');
    await panel.frame.locator('#previous').focus();
    await hold('Enter', 12);
    await panel.says('position', '3 /');
  });

  it('gives the map half of the panel, the share on padding above it', async () => {
    const { panel } = scene;
    const map = (await panel.frame.locator('#heatmap').boundingBox())!;
    const share = (await panel.frame.locator('#padding-share').boundingBox())!;
    const height = Number(await panel.frame.locator('body').evaluate('innerHeight'));
    assert.ok(map.height >= height / 2, `${map.height} of ${height}`);
    assert.ok(share.y < map.y);
  });

  it('lets the mouse reach every control at 350, 480, 640 and 1000 px', async () => {
    const { panel, workbench } = scene;
    const { page } = workbench;
    const now = async () => Number(await panel.frame.locator('body').evaluate('innerWidth'));
    const settings = panel.frame.locator('#settings');
    const wasOpen = await settings.getAttribute('aria-expanded');
    for (const width of [350, 480, 640, 1000]) {
      // The panel has half of what the explorer leaves.
      for (let i = 0; i < 4 && Math.abs((await now()) - width) > 3; i++) {
        const window = page.viewportSize()!.width + 2 * (width - (await now()));
        await page.setViewportSize({ width: window, height: 800 });
        await page.waitForTimeout(150);
      }
      assert.ok(Math.abs((await now()) - width) <= 3, `${await now()} for ${width} px`);
      if ((await settings.getAttribute('aria-expanded')) === 'false') await settings.click();
      const controls = panel.frame.locator(
        ':is(.header, .bar, #controls) :is(button:enabled, select):visible',
      );
      const all = await controls.evaluateAll((each) =>
        (each as unknown as Control[]).map((one) => {
          const { left, top, width, height } = one.getBoundingClientRect();
          const there = one.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
          return one.contains(there) ? 'hit' : `${one.id} is covered`;
        }),
      );
      assert.ok(all.length > 12, `${all.length} controls`);
      assert.deepEqual(
        all.filter((one) => one !== 'hit'),
        [],
      );
      if (width === 350) await workbench.screenshot('panel-350');
    }
    if (wasOpen === 'false') await settings.click();
    await page.setViewportSize({ width: 1400, height: 900 });
  });

  it('lists the instances with their maps in small; one is gone to, and the file follows', async () => {
    const { panel, workbench } = scene;
    await panel.frame.locator('#tab-instances').click();
    await panel.frame.locator('#list-instances').click();
    await panel.says('instances-found', '60 of 60 instances');
    await panel.frame.locator('[data-column="id"]').click();
    await panel.frame.locator('.grid-row').nth(3).click();
    const id = await panel.frame.locator('.grid-row').nth(3).locator('.cell-id').innerText();
    await panel.says('instance', id);
    await workbench.editor.line(id).waitFor();
    await workbench.screenshot('instances');
    await panel.frame.locator('#tab-map').click();
  });

  it('asks the model what if, and takes it back', async () => {
    const { panel, workbench } = scene;
    const before = await panel.text('prediction');
    await panel.frame.locator('#heatmap').focus();
    for (const key of ['Home', 'b', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter'])
      await workbench.page.keyboard.press(key);
    await panel.frame.locator('#what-if-mask').click();
    await panel.says('what-if-answers', /(now|still) \w+.*→/s);
    await panel.says('prediction', before);
    await workbench.screenshot('what-if');
    // Another instance is as it is; on the way back the change stands again.
    const [here, there] = (await panel.frame.locator('#next').isEnabled())
      ? (['previous', 'next'] as const)
      : (['next', 'previous'] as const);
    const position = await panel.text('position');
    await panel.frame.locator(`#${there}`).click();
    await panel.frame.locator('body[data-what-if="as it is"]').waitFor();
    await panel.frame.locator(`#${here}`).click();
    await panel.says('position', position);
    await panel.says('what-if-changes', '1 change');
    await panel.says('what-if-answers', /(now|still) \w+.*→/s);
    await panel.frame.locator('#what-if-reset').click();
    await panel.frame.locator('body[data-what-if="as it is"]').waitFor();
    await panel.frame.locator('#heatmap').press('Escape');
  });

  it('shows every quick method side by side', async () => {
    const { panel, workbench } = scene;
    await panel.frame.locator('#more-views').selectOption({ label: 'Side by Side' });
    await panel.frame.locator('#grid-methods').click();
    await panel.says('grid-words', /^\d+ methods, each map/);
    assert.ok((await panel.frame.locator('#grid-maps .pane canvas[role=application]').count()) >= 5);
    await workbench.screenshot('side-by-side');
    await panel.frame.locator('#tab-map').click();
  });

  it('explains another class', async () => {
    const { panel, workbench } = scene;
    const [, predicted] = (await panel.text('prediction')).split(' ');
    const other = ['walk', 'run', 'stairs'].find((name) => name !== predicted)!;
    await workbench.command('Attribution: Pick Class…');
    await workbench.quickPick.choose(other);
    await panel.says('map-title', new RegExp(`for ${other} \\(not the predicted class\\)`));
  });

  it('takes another padding mask', async () => {
    const { panel, workbench } = scene;
    assert.ok((await panel.steps()).real < (await panel.steps()).all);
    await workbench.command('Attribution: Pick Padding Mask…');
    await workbench.quickPick.choose('None');
    await panel.says('length', 'none padded');
    await workbench.command('Attribution: Pick Padding Mask…');
    await workbench.quickPick.choose('Automatic');
    await panel.says('length', /\d+ real of \d+/);
    await workbench.screenshot('palette-done');
  });
});
