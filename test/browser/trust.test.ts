import { Scene } from './scene.ts';

describe('A workspace that is not trusted', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open({
      asksForTrust: true,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('gets no model loaded, and is told why', async () => {
    const { panel, workbench } = scene;
    await scene.explain('data/walk_0007.csv');
    await panel.says('refusal', /1 instance of 30 features; models are not loaded before you trust/);
    await workbench.screenshot('not-trusted');
  });

  it('is explained as soon as it is trusted', async () => {
    const { panel, workbench } = scene;
    await panel.frame.getByRole('button', { name: 'Manage Trust' }).click();
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    // It stands over the workbench.
    await workbench.page.keyboard.press('Escape');
    await panel.drawn(30_000);
    await panel.says('prediction', /predicted walk/);
  });
});
