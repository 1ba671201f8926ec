import assert from 'node:assert/strict';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { ints } from '../../src/graph/attributes.ts';
import { float32 } from '../../src/graph/tensor.ts';
import { opCase } from '../unit/gradient/opCase.ts';
import { Scene } from './scene.ts';

/** Four thousand channels, each to be taken away in turn: minutes of work. */
function wideModel(): Uint8Array {
  const [channels, features, steps] = [4096, 30, 131];
  const values = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898));
  const { graph } = opCase(
    '',
    [1, features, steps],
    [
      ['Conv', 'x w b', 'c', { pads: ints([1, 1]) }],
      ['Relu', 'c', 'r'],
      ['GlobalAveragePool', 'r', 'p'],
      ['Flatten', 'p', 'f'],
      ['Gemm', 'f v d', 'y'],
    ],
    {
      constants: {
        w: float32([channels, features, 3], values(channels * features * 3)),
        b: float32([channels], values(channels)),
        v: float32([channels, 3], values(channels * 3)),
        d: float32([3], values(3)),
      },
    },
  );
  return writeOnnx({ ...graph, outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', 3] }] });
}

describe('Methods from the palette', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open({ files: { 'models/many_channels.onnx': wideModel() } });
    await scene.explained('data/test.csv');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const titled = (text: string) =>
    scene.workbench.page.locator('.quick-input-title', { hasText: text }).waitFor({ timeout: 15_000 });

  it('integrated gradients, then another baseline', async () => {
    const { panel, workbench } = scene;
    await workbench.command('Attribution: Pick Method…');
    const items = await workbench.quickPick.items();
    assert.ok(
      items.some((item) => /^Eigen-CAM.*needs no gradient/.test(item)),
      items.join('\n'),
    );
    await workbench.screenshot('pick-method');
    await workbench.quickPick.type('Integrated gradients');
    await workbench.quickPick.item(/^Integrated gradients/).click();
    await titled('Options of Integrated gradients');
    await panel.says('map-title', 'Integrated gradients at the input for');
    await panel.says('method-note', 'baseline zero');
    const map = await panel.canvas('heatmap');
    await workbench.quickPick.item(/^Baseline/).click();
    await titled('What stands for');
    await workbench.quickPick.item(/^The instance/).click();
    await titled('Options of Integrated gradients');
    await panel.says('method-note', "baseline the instance's own means");
    await workbench.quickPick.escape();
    // In the drawer of settings, which is closed.
    await panel.frame
      .locator('#method-options', { hasText: "the instance's own means" })
      .waitFor({ state: 'attached' });
    await panel.redrawn(map);
    await panel.drawn();
    await workbench.screenshot('integrated-gradients');
  });

  it('one class against another, and every class side by side', async () => {
    const { panel, workbench } = scene;
    const predicted = (await panel.text('prediction')).split(' ')[1]!;
    const other = ['walk', 'run', 'stairs'].find((name) => name !== predicted)!;
    await workbench.command('Attribution: Pick Contrast Class…');
    await workbench.quickPick.choose(`${predicted} − ${other}`);
    await panel.says('map-title', `for ${predicted} − ${other}`);
    await panel.view('classes');
    // It takes many runs, so opening the tab alone computes nothing.
    await panel.says('classes-words', 'not been computed');
    await panel.frame.locator('#every-class').click();
    await panel.says('classes-words', 'Integrated gradients at the input for 3 of 3 classes');
    await workbench.screenshot('every-class');
    await panel.frame.locator(`#classes-maps [data-class] >> text=Explain ${other}`).click();
    await panel.says('map-title', new RegExp(`for ${other}`));
  });

  it('a long Ablation-CAM is cancelled, and the next question is answered', async () => {
    const { panel, workbench } = scene;
    await workbench.command('Attribution: Pick Contrast Class…');
    await workbench.quickPick.choose(/alone/);
    await workbench.command('Attribution: Pick Method…');
    await workbench.quickPick.type('Selvaraju');
    await workbench.quickPick.choose(/^Grad-CAM/);
    await panel.says('map-title', 'Grad-CAM of conv2dblock');
    await workbench.command('Attribution: Choose Model…');
    await workbench.quickPick.choose('many_channels');
    // The page names the model before its picture is there.
    await panel.says('map-title', 'Grad-CAM of conv1 ');
    const title = await panel.title();
    await workbench.command('Attribution: Pick Method…');
    await workbench.quickPick.type('Ablation-CAM');
    await workbench.quickPick.choose(/^Ablation-CAM/);
    await panel.says('busy-words', /Ablation-CAM · \d+ %/);
    await workbench.screenshot('ablation-busy');
    await panel.frame.locator('#cancel').click();
    await panel.drawn();
    assert.equal(await panel.title(), title);
    await workbench.command('Attribution: Next Instance');
    await panel.says('position', '2 /');
    await panel.says('map-title', 'Grad-CAM of');
  });
});
