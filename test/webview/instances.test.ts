import assert from 'node:assert/strict';
import { formatShare } from '../../src/format.ts';
import type { Overview } from '../../src/overview/overview.ts';
import { formatProbability } from '../../webview/format.ts';
import { auditView, smallAudit } from './harness/audits.ts';
import { evaluationView, judged } from './harness/evaluations.ts';
import { overviewView, twoClasses } from './harness/overviews.ts';
import { PanelPage } from './harness/panelPage.ts';
import { found, repairView } from './harness/repairs.ts';
import { makeView } from './harness/views.ts';

describe('The Instances view', () => {
  let panel: PanelPage;
  let overview: Overview;

  before(async () => {
    overview = await twoClasses();
    panel = await PanelPage.open({ width: 800, height: 600 });
    await panel.show(makeView());
    await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(null), front: false });
  });
  after(async () => {
    await panel.close();
  });

  const names = () => panel.page.locator('.grid-row .cell-id').allInnerTexts();
  const sort = (column: string) => panel.page.locator(`[data-column="${column}"]`).click();
  const words = () => panel.text('#instances-found');
  const listed = () =>
    panel.receive({ kind: 'view', id: 'dataset', view: overviewView(overview), front: false });

  it('asks for the list where there is none', async () => {
    await panel.page.locator('#tab-instances').click();
    assert.match(await panel.text('#instances-words'), /48 instances, each explained once/);
    await panel.sent();
    await panel.page.locator('#list-instances').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'listInstances' }]);
    await listed();
    assert.equal(await panel.page.locator('#list-instances').count(), 0);
    assert.match(await words(), /^48 of 48 instances/);
  });

  describe('with its list', () => {
    before(async () => {
      await listed();
      await panel.page.locator('#tab-instances').click();
    });

    it('shows each with its answer, numbers and map in small', async () => {
      const row = panel.page.locator('[data-instance="2"]');
      const { probability, length, zones } = overview.instances[2]!;
      assert.deepEqual((await row.locator('[role=gridcell]').allInnerTexts()).slice(1), [
        ...['walk_0002', 'walk', formatProbability(probability), 'walk', String(length)],
        ...[formatShare(zones!.MIXED + zones!.EMPTY), '–'],
      ]);
      const thumbnail = row.locator('canvas');
      assert.ok(((await thumbnail.boundingBox())?.width ?? 0) > 60);
      const colours = await thumbnail.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(colours > 10, `${colours} colours`);
      assert.ok((await panel.page.locator('.grid-row').count()) < 48, 'only what is seen is there');
    });

    it('sorts by any column, both ways', async () => {
      await sort('length');
      const lengths = overview.instances.map(({ length }) => length);
      const shown = () => panel.page.locator('.grid-row .cell-length').allInnerTexts();
      assert.equal(Number((await shown())[0]), Math.min(...lengths));
      await sort('length');
      assert.equal(Number((await shown())[0]), Math.max(...lengths));
      const head = panel.page.locator('[role=columnheader]:has([data-column="length"])');
      assert.equal(await head.getAttribute('aria-sort'), 'descending');
      await sort('id');
      assert.equal((await names())[0], 'run_0024');
    });

    it('filters by kind, by name and by the confusion matrix', async () => {
      await panel.page.locator('#instances-kind').selectOption('wrong');
      assert.deepEqual(await names(), ['run_0030']);
      await panel.page.locator('#instances-kind').selectOption('all');
      assert.deepEqual(await panel.page.locator('.confusion-cell').allInnerTexts(), ['24', '0', '1', '23']);
      const mistake = panel.page.getByRole('button', { name: '1 labelled run, predicted walk' });
      await mistake.click();
      assert.deepEqual(await names(), ['run_0030']);
      await mistake.click();
      await panel.page.locator('#find-instance').fill('WALK_000');
      assert.equal((await names()).length, 10);
      await panel.page.locator('#find-instance').fill('');
    });

    it('goes from cell to cell of the confusion matrix with the arrow keys, and keeps its place', async () => {
      const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      await panel.page.locator('.confusion-cell[tabindex="0"]').focus();
      const keys = ['Home', 'ArrowDown', 'ArrowRight', 'ArrowUp'];
      const met: unknown[] = [];
      for (const key of keys) {
        await panel.page.keyboard.press(key);
        met.push(await focused());
      }
      const [walks, mistake, runs] = [
        '24 labelled walk, predicted walk',
        '1 labelled run, predicted walk',
        '23 labelled run, predicted run',
      ];
      assert.deepEqual(met, [walks, mistake, runs, walks]);
      await panel.page.keyboard.press('ArrowRight');
      await panel.page.keyboard.press('Enter');
      assert.equal(await focused(), mistake, 'the list is another one, the focus stays');
      assert.deepEqual(await names(), ['run_0030']);
      await panel.page.keyboard.press('Enter');
      assert.match(await words(), /^48 of 48/);
      assert.deepEqual(await panel.page.locator('.confusion-right').allInnerTexts(), ['100 %', '96 %']);
    });

    it('is walked with the arrow keys: map and file follow, Enter opens the map', async () => {
      await sort('id');
      await panel.page.locator('#instance-grid').focus();
      await panel.page.keyboard.press('Home');
      await panel.page.keyboard.press('ArrowDown');
      const chosen = (await panel.sent()).flatMap((one) => (one.kind === 'choose' ? [one.choice] : []));
      const [first, second] = (await names()).map((name) => Number(name.slice(-4)));
      assert.deepEqual(chosen, [
        { what: 'instance', index: first },
        { what: 'instance', index: second },
      ]);
      const active = await panel.page.locator('#instance-grid').getAttribute('aria-activedescendant');
      assert.equal(await panel.page.locator(`#${active}`).getAttribute('data-instance'), String(second));
      await panel.page.keyboard.press('End');
      assert.ok(
        await panel.page.locator('.grid-row[aria-selected=true]').isVisible(),
        'it is brought into sight',
      );
      await panel.page.keyboard.press('Enter');
      assert.equal(await panel.body('tab'), 'map');
      await panel.sent();
    });

    it('walks on from the instance asked for while the pictures of a held key come in behind', async () => {
      await panel.page.locator('#tab-instances').click();
      await panel.page.locator('#instance-grid').focus();
      await panel.page.keyboard.press('Home');
      const order = (await names()).map((name) => Number(name.slice(-4)));
      const picture = (index: number) => {
        const { explanation, ...view } = makeView();
        const instance = { ...explanation.instance, index };
        return panel.show({ ...view, explanation: { ...explanation, instance } });
      };
      await picture(order[0]!);
      await panel.sent();
      for (let i = 1; i <= 6; i++) {
        await panel.page.keyboard.press('ArrowDown');
        // Of the press before the last, and once more of the first.
        if (i > 2) await picture(order[i - 2]!);
        if (i === 4) await picture(order[0]!);
      }
      const asked = (await panel.sent()).flatMap((one) => (one.kind === 'choose' ? [one.choice] : []));
      assert.deepEqual(
        asked,
        order.slice(1, 7).map((index) => ({ what: 'instance', index })),
      );
      const marked = panel.page.locator('.grid-row[aria-selected=true]');
      assert.equal(await marked.getAttribute('data-instance'), String(order[6]));
      await picture(order[6]!);
      await picture(order[2]!);
      assert.equal(
        await marked.getAttribute('data-instance'),
        String(order[2]),
        'what was picked elsewhere is followed',
      );
    });

    for (const width of [350, 480, 640]) {
      it(`needs no scrolling sideways at ${width} px; every order is in a list`, async () => {
        await panel.page.setViewportSize({ width, height: 600 });
        await panel.settle();
        const over = await panel.page
          .locator('#instance-grid')
          .evaluate((grid) => grid.scrollWidth - grid.clientWidth);
        assert.ok(over <= 0, `${over} px too wide`);
        const [cell, number] = ['.cell-id', '.cell-id > :last-child'].map((at) =>
          panel.page.locator(at).nth(1),
        );
        const [room, kept] = [(await cell!.boundingBox())!, (await number!.boundingBox())!];
        assert.ok(kept.width > 15 && kept.x + kept.width <= room.x + room.width + 1 && kept.y < room.y + 20);
        const steps = (await panel.page.locator('.grid-row .cell-length').first().boundingBox())!;
        assert.ok(steps.width > 20 && steps.x + steps.width < width);
        await panel.page.locator('#instances-order').selectOption({ label: 'label ↓' });
        assert.equal((await names())[0]!.slice(0, 4), 'walk');
        await panel.page.locator('#instances-order').selectOption({ label: 'label ↑' });
        assert.equal((await names())[0]!.slice(0, 3), 'run');
        await panel.page.screenshot({ path: `out/screenshots/instances-${width}.png` });
        await panel.page.setViewportSize({ width: 800, height: 600 });
      });
    }

    it('takes no flips from the audit of another model', async () => {
      const provenance = { ...smallAudit.provenance, modelHash: 'another' };
      const result = { ...smallAudit, provenance };
      await panel.receive({ kind: 'view', id: 'audit', view: auditView({ result }), front: false });
      await panel.page.locator('#tab-instances').click();
      assert.deepEqual(
        new Set(await panel.page.locator('.grid-row .cell-flips').allInnerTexts()),
        new Set(['–']),
      );
    });

    it('is where the audit’s flips and the dataset view’s outliers are listed', async () => {
      const flipping = smallAudit.instances.filter(({ flips }) => flips.length > 0).length;
      await panel.receive({ kind: 'view', id: 'audit', view: auditView(), front: true });
      await panel.page.locator('#list-flips').click();
      assert.equal(await panel.body('tab'), 'instances');
      assert.match(await words(), new RegExp(`^${flipping} of 48`));
      await panel.page.locator('#tab-dataset').click();
      await panel.page.locator('#list-outliers').click();
      assert.match(await words(), new RegExp(`^${overview.outliers.length} of 48`));
    });

    it('is where classes, evaluated maps and answers that a repair turned are listed', async () => {
      const shown = () => panel.page.locator('#instances-kind option:checked').innerText();
      await panel.page.locator('#tab-dataset').click();
      await panel.page.locator('.list-group').nth(1).click();
      const { name, members } = overview.groups[1]!;
      assert.equal(await shown(), `labelled ${name} · ${members.length}`);
      const result = await judged(3);
      const evaluated = evaluationView(result);
      await panel.receive({ kind: 'view', id: 'evaluation', view: evaluated, front: true });
      await panel.page.locator('#list-evaluated').click();
      assert.equal(await shown(), `evaluated · ${result.instances.length}`);
      await panel.receive({ kind: 'view', id: 'repair', view: repairView(found()), front: true });
      await panel.page.locator('.list-turned').first().click();
      assert.equal(await shown(), 'right only after the repair · 2');
      assert.match(await words(), /^2 of 48/);
      // Another list knows nothing of it.
      await panel.page.locator('#instances-kind').selectOption('all');
    });

    it('is made where it is wished for and not there yet', async () => {
      const bare = await PanelPage.open({ width: 800, height: 600 });
      await bare.show(makeView());
      await bare.receive({ kind: 'view', id: 'audit', view: auditView(), front: true });
      await bare.sent();
      await bare.page.locator('#list-flips').click();
      assert.deepEqual(await bare.sent(), [{ kind: 'run', command: 'listInstances' }]);
      await bare.receive({ kind: 'view', id: 'dataset', view: overviewView(overview), front: false });
      assert.match(await bare.page.locator('#instances-kind option:checked').innerText(), /^flipping/);
      await bare.close();
    });

    it('says why there is none, where outputs are numbers', async () => {
      await panel.page.locator('#tab-instances').click();
      const sentence = 'The dataset view counts right answers among classes; the outputs are numbers.';
      const view = overviewView(null, { activity: { kind: 'refused', sentence } });
      await panel.receive({ kind: 'view', id: 'dataset', view, front: false });
      assert.match(await panel.text('#view-instances'), /the outputs are numbers\./);
      await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(overview), front: false });
    });

    it('offers nothing where the picture is of an output that is a number, and says why; so do its peers', async () => {
      const numbers = makeView();
      const { prediction } = numbers.explanation;
      const values = { steps: null, channels: 1, perStep: false, reads: null, softmax: false };
      const explanation = { ...numbers.explanation, prediction: { ...prediction, values } };
      await panel.show({ ...numbers, explanation });
      await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(null), front: false });
      await panel.receive({ kind: 'view', id: 'evaluation', view: evaluationView(null), front: false });
      await panel.receive({ kind: 'view', id: 'repair', view: repairView(null), front: false });
      for (const name of ['instances', 'dataset', 'evaluation', 'repair']) {
        await panel.page.evaluate(`document.getElementById('tab-${name}').click()`);
        assert.match(
          await panel.text(`#${name}-words`),
          /counts right answers among classes, and the outputs of/,
        );
        assert.equal(await panel.page.locator(`#${name}-status button`).count(), 0, name);
      }
      assert.equal(await panel.page.locator('#repair-choices').isVisible(), false);
      await panel.page.evaluate("document.getElementById('tab-classes').click()");
      assert.equal(await panel.text('#every-class'), 'Show Every Output');
      assert.equal(await panel.text('#tab-classes'), 'Outputs');
      await panel.show(makeView());
      assert.equal(await panel.text('#every-class'), 'Show Every Class');
      assert.equal(await panel.text('#tab-classes'), 'Classes');
      await listed();
      await panel.page.locator('#tab-instances').click();
    });

    it('draws pictures to look at', async () => {
      await panel.page.locator('#instances-kind').selectOption('all');
      await panel.page.screenshot({ path: 'out/screenshots/instances.png' });
      await panel.page.setViewportSize({ width: 350, height: 500 });
      await panel.settle();
      const over = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      await panel.page.screenshot({ path: 'out/screenshots/instances-narrow.png' });
    });
  });
});
