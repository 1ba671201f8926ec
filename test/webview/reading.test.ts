import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadingQuestion } from '../../src/data/reading/readingQuestion.ts';
import type { Engine } from '../../src/engine/contract.ts';
import type { ReadingView } from '../../src/views/panel/contract.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const pictures = new URL('../../out/screenshots/', import.meta.url).pathname;
const engineService = '../../src/engine/service.ts' as string;
const file = (name: string) => join(import.meta.dirname, '..', 'fixtures', 'reading', name);

/** What the host would send, made by the engine from files. */
async function views(): Promise<{ card: ReadingView; question: ReadingView }> {
  // By a name the compiler does not follow: the page's tests would hold every type of the engine.
  const service: { createEngine(): Engine & { dispose(): Promise<void> } } = await import(engineService);
  const engine = service.createEngine();
  const plain = { question: null, written: null };
  const request = { data: file('file_gesture.csv'), model: file('f3_free_c4.onnx') };
  const asked = await engine.data(request).catch((error: unknown) => error);
  const { sentence, ways } = (asked as ReadingQuestion).doubt;
  const tried = await engine.readings({ ...request, ways: ways.map(({ patch }) => patch) });
  const { plan, facts } = await engine.data({ data: file('id_time.csv'), model: file('f3_t100.onnx') });
  await engine.dispose();
  const shown = ways.map(({ label }, index) => ({
    label,
    setting: 'data.case="file"',
    tried: tried[index]!,
  }));
  return {
    card: { ...plain, plan, facts },
    question: { ...plain, plan: null, facts: [], question: { sentence, ways: shown } },
  };
}

describe('The Reading view', () => {
  let card: ReadingView;
  let question: ReadingView;
  let panel: PanelPage;
  before(async () => {
    ({ card, question } = await views());
    mkdirSync(pictures, { recursive: true });
  });
  beforeEach(async () => {
    panel = await PanelPage.open({ width: 620 });
  });
  afterEach(() => panel.close());

  const tell = (view: Partial<ReadingView>, front = true) =>
    panel.receive({ kind: 'view', id: 'reading', view, front });
  const picture = (name: string) => panel.page.screenshot({ path: `${pictures}reading-${name}.png` });

  it('leaves the keys where they are when it is drawn anew, and takes them up again with the panel', async () => {
    await panel.show(makeView());
    await tell(card);
    await panel.page.locator('#change-classes, #change-columns').first().focus();
    const held = () => panel.page.evaluate(() => document.activeElement?.id);
    const at = await held();
    assert.match(at ?? '', /^change-/);
    await panel.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await tell(card);
    assert.equal(await held(), '');
    await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await held(), at);
  });

  it('says every choice with its reason and asks to change it', async () => {
    await panel.show(makeView());
    await panel.sent();
    await tell(card);
    assert.match(await panel.text('#reading-words'), /^1 instance × 100 steps, 3 features/);
    assert.match(await panel.text('#reading-standardise'), /nothing is standardised/);
    assert.equal(await panel.page.locator('#reading-parts tr').count(), 6);
    await picture('card');
    await panel.page.locator('#change-standardise').click();
    await panel.page.locator('#change-columns').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'reading', act: { do: 'change', topic: 'standardise' } },
      { kind: 'reading', act: { do: 'change', topic: 'columns' } },
    ]);
    // What the model says of itself no setting changes.
    const facts = card.facts!.map((fact) =>
      fact.topic === 'standardise' ? { ...fact, byModel: true as const } : fact,
    );
    await tell({ ...card, facts });
    assert.equal(await panel.page.locator('#change-standardise').count(), 0);
    assert.equal(await panel.page.locator('#change-mask').count(), 1);
  });

  it('stands in one line under the map, which leads to the reasons', async () => {
    await panel.show(makeView());
    await tell(card, false);
    assert.match(await panel.text('#reading-line'), /Read as 1 instance × 100 steps, 3 features/);
    await panel.page.locator('#open-reading').click();
    assert.equal(await panel.page.locator('#reading-parts').isVisible(), true);
  });

  it('shows what each reading gives, to choose one from, where there is no picture', async () => {
    await panel.receive({ kind: 'refused', sentence: 'Two readings fit.', canRetry: true });
    await panel.sent();
    await tell(question);
    const ways = panel.page.locator('.reading-way');
    assert.equal(await ways.count(), question.question!.ways.length);
    assert.match(await ways.first().innerText(), /6 instances × 60 steps/);
    assert.ok((await ways.first().locator('td').count()) >= 24);
    await picture('question');
    await panel.page.setViewportSize({ width: 350, height: 900 });
    assert.equal(await panel.page.evaluate('document.body.scrollWidth <= window.innerWidth'), true);
    await picture('question-350');
    await panel.useTheme('light');
    await picture('question-light');
    await ways.nth(1).locator('button').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'reading', act: { do: 'take', way: 1 } }]);
  });

  it('takes back what was written', async () => {
    await tell({ ...card, written: 'data.case="file"', taken: 'Layout: Instances by file' });
    assert.match(await panel.text('.reading-written'), /data.case="file"/);
    assert.equal(await panel.text('#reading-taken'), 'Layout: Instances by file');
    await panel.page.locator('#undo-reading').click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: 'reading', act: { do: 'undo' } });
  });
});
