import assert from 'node:assert/strict';
import { Scene } from './scene.ts';

describe('Picking from the palette', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open();
    await scene.explained('data/test.csv');
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
    assert.notEqual((await panel.canvas('heatmap')).print, map.print);
    await workbench.quickPick.escape();
    await panel.says('map-title', title);
    await panel.drawn();
    assert.equal((await panel.canvas('heatmap')).print, map.print);
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
