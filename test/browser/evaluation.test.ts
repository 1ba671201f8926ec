import assert from 'node:assert/strict';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

describe('Evaluate This Map', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.shared({ 'data/evaluation.csv': sampleData('test.csv') });
    await scene.explained('data/evaluation.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('can be cancelled in the middle, and the map stays usable', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Evaluate This Map (Whole File)');
    await panel.frame.locator('#evaluation-busy', { hasText: 'runs' }).waitFor();
    await panel.frame.locator('#cancel-evaluation').click();
    await panel.says('evaluation-words', 'Nothing has been evaluated yet');
    await panel.frame.locator('#tab-map').click();
    await workbench.command('Attribution: Next Instance');
    await panel.frame.locator('#position', { hasText: '2 / 60' }).waitFor();
  });

  it('goes from the palette to the verdicts, curves and scores of this instance', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Evaluate This Map (This Instance)');
    await panel.frame.locator('#verdict-order').waitFor({ timeout: 150_000 });
    const answer = (name: string) => panel.frame.locator(`#verdict-${name}`).getAttribute('data-answer');
    // One instance claims nothing about a mean.
    assert.equal(await answer('order'), 'cannot tell');
    assert.equal(await answer('sum'), 'not defined');
    await panel.says(
      'verdict-sum',
      /at conv1d, the last layer of the pooled-linear head, it is logit − bias/,
    );
    await panel.says(
      'evaluation-what',
      /Grad-CAM of conv2dblock on instance \S+; a cell is one feature at one step/,
    );
    await panel.says('removal-words', /Area under p: deletion \d\.\d{3}, insertion \d\.\d{3}/);
    await panel.frame.locator('#removal-replacement').selectOption('noise');
    // The sample's ground_truth.json lies beside its attribution.json.
    await panel.frame.locator('#truth-numbers').waitFor();
    await workbench.dismissNotifications();
    await workbench.screenshot('evaluation');
    await panel.frame.locator('#truth-numbers').scrollIntoViewIfNeeded();
    await workbench.screenshot('evaluation-truth');
  });

  it('is out of date once another method is picked', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Pick Method…');
    await workbench.quickPick.item('HiResCAM').click();
    await panel.says('evaluation-words', 'out of date');
  });
});
