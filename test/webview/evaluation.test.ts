import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Evaluation } from '../../src/evaluation/evaluation.ts';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { evaluationView, judged } from './harness/evaluations.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const pictures = new URL('../../out/screenshots/', import.meta.url).pathname;

describe('The Evaluation view', () => {
  let evaluation: Evaluation;
  let panel: PanelPage;
  before(async () => {
    evaluation = await judged(24);
    mkdirSync(pictures, { recursive: true });
  });
  beforeEach(async () => {
    panel = await PanelPage.open({ height: 1900 });
    await panel.show(makeView());
    await panel.sent();
  });
  afterEach(() => panel.close());

  const bring = (made: Evaluation | null, change: Partial<PanelViews['evaluation']> = {}) =>
    panel.receive({ kind: 'view', id: 'evaluation', view: evaluationView(made, change), front: true });
  const answer = (name: string) => panel.page.locator(`#verdict-${name}`).getAttribute('data-answer');
  const cells = async (row: string) =>
    (await panel.page.locator(`${row} td`).allTextContents()).map((text) => text.trim());

  it('offers to begin where nothing has been judged', async () => {
    await bring(null);
    assert.match(await panel.text('#evaluation-words'), /Nothing has been evaluated yet/);
    assert.equal(await panel.page.locator('#export-evaluation').count(), 0);
    assert.equal(await panel.text('#evaluate-file'), 'Evaluate on All 48 Instances');
    await panel.page.locator('#evaluate-file').click();
    await panel.page.locator('#evaluate-instance').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'run', command: 'evaluateMap' },
      { kind: 'run', command: 'evaluateInstance' },
    ]);
    await bring(null, { instances: 1 });
    assert.equal(await panel.text('#evaluate-file'), 'Evaluate This Map');
    assert.equal(await panel.page.locator('#evaluate-instance').count(), 0);
  });

  it('shows how far it is and can be cancelled; a refusal is a sentence', async () => {
    await bring(null, { activity: { kind: 'busy', what: 'Taking cells away (320 runs)', share: 0.5 } });
    assert.equal(await panel.text('#evaluation-busy'), 'Taking cells away (320 runs) · 50 %');
    await panel.page.locator('#cancel-evaluation').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'cancelEvaluation' }]);
    await bring(null, { activity: { kind: 'refused', sentence: 'Turn Masked Model off.' } });
    assert.equal(await panel.text('#evaluation-refusal'), 'Turn Masked Model off.');
  });

  it('four verdicts, each with its numbers; out of date is said', async () => {
    const sentence = 'd.npz: the mask is taken the other way round.';
    const findings = [{ code: 'mask-inverted', severity: 'warning', sentence }] as const;
    await bring({ ...evaluation, findings }, { outdated: true });
    assert.match(
      await panel.text('#evaluation-findings'),
      /d\.npz: the mask is taken the other way round\.$/,
    );
    assert.match(await panel.text('#evaluation-words'), /out of date/);
    assert.equal(
      await panel.text('#evaluation-what'),
      'HiResCAM of conv2dblock on 24 instances; a cell is one feature at one step.',
    );
    const { order, weights, sum, truth } = evaluation.verdicts;
    for (const [name, verdict] of Object.entries({ order, weights, sum, truth })) {
      assert.equal(await answer(name), verdict.answer);
      const reason = await panel.text(`#verdict-${name} .reason`);
      assert.equal(reason.replaceAll('\u00a0', ' '), verdict.reason);
    }
    assert.deepEqual(
      [order, weights, sum, truth].map((verdict) => verdict.answer),
      ['better than random', 'rests on the weights', 'adds up', 'finds the truth'],
    );
  });

  it('curves of the chosen replacement and cells, in words beside', async () => {
    await bring(evaluation);
    const of = (replacement: string, scope: string) =>
      evaluation.removal.find((one) => one.replacement === replacement && one.scope === scope)!;
    const says = async (replacement: string, scope: string) => {
      const { deletionArea } = of(replacement, scope);
      const words = await panel.text('#removal-words');
      assert.ok(words.startsWith(`Area under p: deletion ${deletionArea.value.toFixed(3)},`), words);
    };
    await says('channel_mean', 'real');
    const drawn = () =>
      panel.page.locator('#deletion-curve').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const before = await drawn();
    await panel.page.locator('#removal-replacement').selectOption('noise');
    await panel.page.locator('#removal-scope').selectOption('all');
    await panel.settle();
    await says('noise', 'all');
    assert.notEqual(await drawn(), before);
  });

  it('every number stands in a table', async () => {
    await bring(evaluation);
    await panel.page.locator('#evaluation-removal summary').click();
    assert.equal(await panel.page.locator('#removal-numbers tbody tr').count(), 10);
    const [deletion] = await cells('#removal-numbers tr[data-replacement=noise][data-scope=real]');
    const noise = evaluation.removal.find((one) => one.replacement === 'noise' && one.scope === 'real')!;
    assert.equal(deletion, noise.deletionArea.value.toFixed(3));
    await panel.page.locator('#evaluation-weights summary').click();
    assert.equal(await panel.page.locator('#weight-numbers tbody tr').count(), 6);
    assert.equal((await cells('#truth-numbers tbody tr:first-child')).length, 4);
    assert.equal(await panel.page.locator('#padding-numbers tbody tr').count(), 5);
    assert.equal((await cells('#completeness-numbers tbody tr')).length, 3);
  });

  it('of one instance nothing is claimed', async () => {
    await bring(await judged(1, { truth: null }), { scope: 'instance' });
    assert.equal(await answer('order'), 'cannot tell');
    assert.match(await panel.text('#verdict-order .reason'), /% of random orders .* at least 10 instances/);
    assert.equal(await answer('truth'), 'no truth given');
    assert.match(await panel.text('#evaluation-what'), /on instance case_0/);
    assert.match(
      await panel.text('#evaluation-removal > p:first-of-type'),
      /where 95 % of random orders lie/,
    );
    const text = (await panel.page.locator('#view-evaluation').textContent())!;
    assert.doesNotMatch(text, /NaN|Infinity|undefined/);
  });

  it('is reached by the keyboard', async () => {
    await bring(evaluation);
    await panel.page.locator('#tab-evaluation').focus();
    await panel.page.keyboard.press('ArrowLeft');
    assert.equal(await panel.page.locator('#view-evaluation').isVisible(), false);
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await panel.page.locator('#view-evaluation').isVisible(), true);
  });

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`is drawn in ${theme}, wide and narrow`, async () => {
      for (const width of [900, 420]) {
        const room = await PanelPage.open({
          theme,
          width,
          height: width === 900 ? 1750 : 2600,
        });
        await room.show(makeView());
        await room.receive({ kind: 'view', id: 'evaluation', view: evaluationView(evaluation), front: true });
        await room.settle();
        await room.page.screenshot({ path: `${pictures}evaluation_${theme}_${width}.png` });
        const over = await room.page.evaluate('document.documentElement.scrollWidth > innerWidth');
        assert.equal(over, false, `${theme} ${width} scrolls sideways`);
        await room.close();
      }
    });
  }
});
