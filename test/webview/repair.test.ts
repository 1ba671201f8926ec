import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { auditView } from './harness/audits.ts';
import { PanelPage } from './harness/panelPage.ts';
import { asTrained, candidates, found, repairView, trainingView } from './harness/repairs.ts';
import { makeView } from './harness/views.ts';

const pictures = new URL('../../out/screenshots/', import.meta.url).pathname;

describe('The Repair and Training views', () => {
  let panel: PanelPage;
  before(async () => {
    mkdirSync(pictures, { recursive: true });
    panel = await PanelPage.open({ width: 1024, height: 1500 });
    await panel.show(makeView());
  });
  beforeEach(() => panel.sent());
  after(async () => {
    await panel.close();
  });

  const bring = (view: PanelViews['repair']) =>
    panel.receive({ kind: 'view', id: 'repair', view, front: true });
  const train = (view: PanelViews['training']) =>
    panel.receive({ kind: 'view', id: 'training', view, front: true });
  const rowOf = async (name: string) =>
    (await panel.page.locator(`#repair-candidates tr[data-repair="${name}"] > *`).allInnerTexts()).map(
      (text) => text.replaceAll(/\s+/g, ' ').trim(),
    );

  it('a piece of advice begins a repair that tries all that fit', async () => {
    await panel.receive({ kind: 'view', id: 'audit', view: auditView(), front: true });
    await panel.page.locator('[data-try="head"] .try-it').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'repair', wish: { arm: 'auto' } }]);
    const [one] = auditView().result!.advice;
    const advice = [{ ...one!, tryIt: 'masked', maskInput: true }] as const;
    const result = { ...auditView().result!, advice };
    await panel.receive({ kind: 'view', id: 'audit', view: auditView({ result }), front: true });
    await panel.page.locator('[data-try="masked"] .try-it').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'repair', wish: { arm: 'auto', maskInput: true } }]);
    // Done again, it is asked for in the same form.
    await bring(repairView(null));
    assert.equal(await panel.page.locator('#repair-form').inputValue(), 'mask-input');
  });

  it('begins with what is chosen', async () => {
    await bring(repairView(null));
    assert.match(await panel.text('#repair-words'), /never changed/);
    await panel.page.locator('#repair-with').selectOption('masked');
    await panel.page.locator('#repair-form').selectOption('mask-input');
    await panel.page.locator('#repair-file').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'repair', wish: { arm: 'masked', maskInput: true } }]);
  });

  it('shows each repair as it comes, and Cancel', async () => {
    const activity = { kind: 'busy', what: 'fine-tune: Training, epoch 3 of 10', share: 0.4 } as const;
    const seen = [{ before: asTrained }, { candidate: candidates[0]! }];
    await bring(repairView(null, { activity, seen }));
    assert.equal(await panel.text('#repair-busy'), 'fine-tune: Training, epoch 3 of 10 · 40 %');
    assert.equal((await rowOf('as trained'))[3], '32 % [22 %, 42 %] FRAGILE, truncation');
    assert.deepEqual((await rowOf('head')).slice(1, 2), [
      '92 % [82 %, 96 %] +1.7 [+0.0, +5.0] points; 2 gained, 1 lost, McNemar p 1.000',
    ]);
    assert.deepEqual((await rowOf('head')).slice(5), [
      '−0.02 [−0.10, 0.06] no',
      '40 % [30 %, 50 %]',
      '0 % [0 %, 0 %]',
      '2.10 [2.10, 2.10]',
    ]);
    await panel.page.locator('#cancel-repair').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'cancelRepair' }]);
    // What was measured stays where the work ended badly.
    const sentence = 'The engine stopped unexpectedly (signal SIGKILL); try again, the log says more.';
    await bring(repairView(null, { activity: { kind: 'refused', sentence }, seen }));
    assert.equal(await panel.text('#repair-refusal'), sentence);
    assert.equal((await rowOf('head')).length, 9);
    assert.ok(await panel.page.locator('#repair-file').isEnabled());
  });

  it('of a repair that was cancelled nothing stands beside the one before, which can still be kept', async () => {
    await bring(repairView(found()));
    const seen = [{ before: asTrained }];
    const activity = { kind: 'busy', what: 'masked: Judging', share: 0.2 } as const;
    await bring(repairView(found(), { activity, seen }));
    assert.deepEqual([await rowOf('head'), await panel.page.locator('#verdict-repair').count()], [[], 0]);
    const sentence = 'Cancelled: nothing is kept.';
    await bring(repairView(found(), { activity: { kind: 'refused', sentence, cancelled: true }, seen }));
    assert.equal(await panel.text('#repair-refusal'), `${sentence} What is shown is the repair before.`);
    assert.match((await rowOf('head'))[0]!, /chosen/);
    assert.deepEqual((await rowOf('as trained')).slice(7), ['38 % [38 %, 38 %]', '1.50 [1.50, 1.50]']);
  });

  it('says where the copy was kept', async () => {
    const view = repairView(found());
    await bring({ ...view, result: { ...view.result!, kept: '/w/models/xcm_repaired.onnx' } });
    assert.equal(await panel.text('#repair-words'), 'Repaired, and kept as xcm_repaired.onnx.');
    assert.match((await panel.page.locator('#keep-repaired').getAttribute('class'))!, /secondary/);
  });

  it('what the rule chose and why, before and after, curves, and what can be done with it', async () => {
    await bring(repairView(found()));
    assert.equal(await panel.page.locator('#verdict-repair').getAttribute('data-answer'), 'head');
    assert.match(await panel.text('#verdict-repair .reason'), /scores highest/);
    const rows = await panel.page.locator('#repair-before-after tbody th').allTextContents();
    for (const name of [
      'accuracy',
      'worst layout flip',
      'worst look flip',
      'length evidence',
      'length response',
      'map on EMPTY',
      'milliseconds',
    ])
      assert.ok(rows.includes(name), name);
    assert.match((await rowOf('head'))[0]!, /chosen/);
    assert.match(
      (await rowOf('random-length')).join(' '),
      /Not tried. Order carries the class of <b>walk<\/b>/,
    );
    assert.match(
      await panel.text('#curve-fine-tune-words'),
      /Epoch 10: loss 0.100 nats, accuracy in training 95 %/,
    );
    const numbers = panel.page.locator('#curve-fine-tune-numbers');
    assert.equal(await numbers.locator('tr').count(), 0);
    await numbers.locator('summary').click();
    await numbers.locator('tr').first().waitFor();
    assert.deepEqual(await numbers.locator('tr').nth(2).locator('td').allTextContents(), [
      '2',
      '0.5',
      '55 %',
    ]);
    await panel.page.locator('#repair-words-of-figures summary').click();
    assert.match(await panel.text('#repair-words-of-figures dl'), /McNemar p says how often chance alone/);
    for (const id of ['keep-repaired', 'compare-repaired', 'export-repair'])
      await panel.page.locator(`#${id}`).click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'run', command: 'keepRepaired' },
      { kind: 'run', command: 'compareRepaired' },
      { kind: 'run', command: 'exportRepairReport' },
    ]);
    await panel.page.screenshot({ path: `${pictures}repair.png` });
  });

  it('says that nothing helped, and offers nothing to keep', async () => {
    const useless = candidates.map((one) => ('cannot' in one ? one : { ...one, helps: false }));
    for (const [given, tone] of [
      [found(), /good/],
      [{ ...found(), candidates: useless }, /warn/],
      [found(null), /warn/],
    ] as const) {
      await bring(repairView(given));
      assert.match((await panel.page.locator('#verdict-repair').getAttribute('class'))!, tone);
    }
    assert.equal(await panel.text('#verdict-repair .answer'), 'nothing helped');
    assert.match(await panel.text('#repair-words'), /Nothing was repaired/);
    assert.equal(await panel.page.locator('#keep-repaired, #compare-repaired').count(), 0);
    await panel.page.locator('#repair-with').selectOption('auto');
    await panel.page.locator('#repair-form').selectOption('drop-in');
    await panel.page.locator('#repair-other-form').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'repair', wish: { arm: 'auto', maskInput: true } }]);
    await panel.page.screenshot({ path: `${pictures}repair-nothing.png` });
  });

  it('a training can be looked at before any file is explained', async () => {
    const bare = await PanelPage.open({ width: 600, height: 500 });
    try {
      await bare.receive({ kind: 'view', id: 'training', view: trainingView(), front: true });
      assert.ok(await bare.page.locator('#training-curve').isVisible());
      assert.equal(await bare.page.locator('.page > :visible').count(), 2);
    } finally {
      await bare.close();
    }
  });

  it('a training: its curve as it grows, then what came of it', async () => {
    const { curve } = trainingView();
    const activity = { kind: 'busy', what: 'Training, epoch 3 of 100', share: 0.03 } as const;
    await train(trainingView({ activity, report: null, curve: curve.slice(0, 2), isOpen: false }));
    assert.equal(await panel.text('#training-busy'), 'Training, epoch 3 of 100 · 3 %');
    assert.match(await panel.text('#training-curve-words'), /^Epoch 2: loss 0.500 nats/);
    await panel.page.locator('#cancel-training').click();
    await train(trainingView());
    assert.match(await panel.text('#training-words'), /FCN on walk.csv, padding: end, every layer masked/);
    assert.match(await panel.text('#training-facts'), /92 % right of 12 \[70 %, 99 %\]/);
    assert.match(await panel.text('#training-curve-words'), /kept: epoch 10$/);
    await panel.page.locator('#training-curve-numbers summary').click();
    const kept = panel.page.locator('#training-curve-numbers tbody tr').nth(9).locator('td');
    await kept.first().waitFor();
    assert.deepEqual(await kept.allTextContents(), ['10 (kept)', '0.1', '80 %', '73 %']);
    await panel.page.locator('#keep-trained').click();
    await panel.page.locator('#train-file').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'run', command: 'cancelTraining' },
      { kind: 'run', command: 'keepTrained' },
      { kind: 'run', command: 'trainFile' },
    ]);
    await panel.page.screenshot({ path: `${pictures}training.png` });
    const refused = { kind: 'refused', sentence: 'train needs a label column.' } as const;
    await train(trainingView({ activity: refused, report: null, curve: [], isOpen: false }));
    assert.equal(await panel.text('#training-refusal'), refused.sentence);
    assert.ok(await panel.page.locator('#training-curve').isHidden());
    assert.ok(await panel.page.locator('#training-curve-words').isHidden());
  });
});
