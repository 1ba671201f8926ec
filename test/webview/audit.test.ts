import assert from 'node:assert/strict';
import type { Audit } from '../../src/padding/audit.ts';
import { auditView, smallAudit } from './harness/audits.ts';
import { PanelPage } from './harness/panelPage.ts';
import { Picture } from './harness/picture.ts';
import { makeView } from './harness/views.ts';

// By a name the compiler does not follow: the page's tests would hold every type of the engine.
const oddAuditsFile = '../fixtures/oddAudits.ts' as string;
/** Real audits at the edges, made once. */
let made: Promise<Readonly<Record<string, Audit>>> | undefined;
async function odd() {
  made ??= import(oddAuditsFile).then(({ oddAudits }) => oddAudits());
  const all = await made;
  return { all, one: all['one instance']!, unpadded: all['nothing padded']! };
}

describe('The Audit view', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView());
    await panel.sent();
  });
  afterEach(() => panel.close());

  const bring = (change = {}) =>
    panel.receive({ kind: 'view', id: 'audit', view: auditView(change), front: true });

  it('stands behind the map until it is asked for, by click or arrow key', async () => {
    await panel.receive({ kind: 'view', id: 'audit', view: auditView({ result: null }), front: false });
    assert.equal(await panel.page.locator('#view-audit').isVisible(), false);
    await panel.page.locator('#tab-map').press('ArrowRight');
    await panel.page.locator('#tab-instances').press('ArrowRight');
    assert.equal(await panel.page.locator('#view-audit').isVisible(), true);
    assert.equal(await panel.page.locator('#view-map').isVisible(), false);
    assert.equal(await panel.page.locator('#tab-audit').getAttribute('aria-selected'), 'true');
    await panel.page.locator('#tab-map').click();
    assert.equal(await panel.page.locator('#heatmap').isVisible(), true);
  });

  it('Home and End go to the first and the last view', async () => {
    await panel.page.locator('#tab-map').press('End');
    assert.equal(await panel.page.locator('#tab-runs:focus').getAttribute('aria-selected'), 'true');
    await panel.page.locator('#tab-runs').press('Home');
    assert.equal(await panel.page.locator('#tab-map:focus').getAttribute('aria-selected'), 'true');
    assert.equal(await panel.page.locator('#heatmap').isVisible(), true);
  });

  it('offers to begin where nothing has been audited', async () => {
    await bring({ result: null });
    assert.match(await panel.text('#audit-words'), /Nothing has been audited yet/);
    await panel.page.locator('#audit-file').click();
    await panel.page.locator('#audit-instance').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'run', command: 'auditFile' },
      { kind: 'run', command: 'auditInstance' },
    ]);
    assert.equal(await panel.page.locator('#export-report').count(), 0);
    // While a file is still being read, nobody knows how many it holds.
    await bring({ result: null, instances: 0 });
    assert.equal(await panel.page.locator('#audit-file').count(), 0);
  });

  it('shows how far it is and can be cancelled; a refusal is a sentence', async () => {
    await bring({ result: null, activity: { kind: 'busy', what: 'Swapping content', share: 0.4 } });
    assert.equal(await panel.text('#audit-busy'), 'Swapping content · 40 %');
    await panel.page.locator('#cancel-audit').focus();
    await bring({ result: null, activity: { kind: 'busy', what: 'Swapping content', share: 0.5 } });
    assert.equal(await panel.text('#audit-busy'), 'Swapping content · 50 %');
    // The button is the one from before, and so keeps the focus.
    await panel.page.locator('#cancel-audit:focus').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'cancelAudit' }]);
    await bring({ result: null, activity: { kind: 'refused', sentence: 'There is no padding to audit.' } });
    assert.equal(await panel.text('#audit-refusal'), 'There is no padding to audit.');
  });

  it('gives the three verdicts as words, never one score', async () => {
    await bring();
    const answers = await panel.page
      .locator('.verdict')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).innerText));
    assert.deepEqual(
      answers.map((text) => text.replaceAll('\u00a0', ' ').split(/\n+/)),
      [
        ['Length', 'cannot tell', 'Four instances are few.'],
        ["Padding's place", 'robust', 'None of 4 answers flips under truncation.'],
        ["Padding's look", 'FRAGILE', '50 % of 4 answers flip under noise.'],
        ['What the map shows on padding', '38 % on padding', '38 % of the map lies on padding.'],
      ],
    );
  });

  it('leaves no hole among the answers, and what can be done in one line', async () => {
    await bring();
    for (const width of [400, 540, 720, 1000]) {
      await panel.page.setViewportSize({ width, height: 800 });
      const boxes = (selector: string) =>
        panel.page.locator(selector).evaluateAll((all) =>
          all.map((one) => {
            const { left, right, top } = one.getBoundingClientRect();
            return { left, right, top };
          }),
        );
      const cards = await boxes('#audit-body .verdict');
      const edge = Math.max(...cards.map(({ right }) => right));
      for (const row of new Set(cards.map(({ top }) => top))) {
        const end = Math.max(...cards.filter(({ top }) => top === row).map(({ right }) => right));
        assert.ok(edge - end < 1, `${edge - end} px are left of a row at ${width} px`);
      }
      const acts = await boxes('#audit-status button');
      if (width > 500) assert.equal(new Set(acts.map(({ top }) => top)).size, 1, `${width} px`);
    }
  });

  it('says the three answers over the map too, and opens from there', async () => {
    await panel.receive({ kind: 'view', id: 'audit', view: auditView({ result: null }), front: false });
    assert.equal(await panel.page.locator('#verdict-line').isVisible(), false);
    await panel.receive({ kind: 'view', id: 'audit', view: auditView(), front: false });
    assert.match(
      await panel.text('#verdict-line'),
      /Length cannot tell\s+Padding's place robust\s+Padding's look FRAGILE/,
    );
    await panel.page.locator('#verdict-line button').click();
    assert.equal(await panel.page.locator('#view-audit').isVisible(), true);
  });

  it('gives the command line that tries a piece of advice, to copy', async () => {
    await bring();
    await panel.page.locator('[data-try="head"] summary', { hasText: 'On the command line' }).click();
    assert.equal(
      await panel.text('[data-try="head"] details[open] code'),
      'attribution-lens repair xcm.onnx walk.csv',
    );
  });

  it('says every number beside its picture', async () => {
    await bring();
    assert.match(
      await panel.text('[data-layer=conv1dblock]'),
      /REAL 62 %[\s\S]*EMPTY 30 %[\s\S]*level 18 %[\s\S]*same map up to one factor/,
    );
    await panel.page.locator('#audit-carrier summary').click();
    assert.match(
      await panel.text('[data-intervention=noise]'),
      /refilling with noise\s+50 %\s+30 % to 70 %\s+0\.250\s+c/,
    );
    assert.match(await panel.text('#audit-carrier'), /Doubling the padded length: Reshape/);
    assert.match(await panel.text('#audit-evidence'), /LEI\s+0\.02\s+\[−0\.01, 0\.06\]/);
    assert.match(
      await panel.text('#baseline-words'),
      /0\.45 \[0\.09, 0\.84\] against chance 0\.50 \(p 0\.800/,
    );
    assert.match(
      await panel.text('#audit-split'),
      /bias 0\.50[\s\S]*real steps 2\.00[\s\S]*padding 1\.00[\s\S]*33 %/,
    );
    assert.match(await panel.text('#audit-masked'), /0 % of 4 answers flip; mean \|Δlogit\| 1\.20/);
    assert.match(await panel.text('#audit-instances'), /2 answers of 4 flip/);
  });

  it('draws the flip bars, the curve and the marks', async () => {
    await bring();
    for (const id of ['flip-bars', 'sweep-curve', 'length-scatter']) {
      const picture = Picture.read(await panel.page.locator(`#${id}`).screenshot());
      // The charts' blue of the theme, #3794ff or what the harness gives for it.
      const pixels = picture.box(0, 0, picture.width, picture.height);
      const blue = pixels.filter(([r, g, b]) => b > 150 && b > r + 60 && b > g + 20).length;
      assert.ok(blue > 20, `${id}: ${blue} blue pixels`);
    }
  });

  it('opens the instance under a clicked mark, on the map', async () => {
    await bring();
    const canvas = panel.page.locator('#length-scatter');
    await canvas.scrollIntoViewIfNeeded();
    // Instance c, 40 of 60 steps and 40 % of the map on padding, is the one cross in the middle of the chart.
    const picture = Picture.read(await canvas.screenshot());
    const crosses: { x: number; y: number }[] = [];
    for (let y = Math.round(0.3 * picture.height); y < 0.75 * picture.height; y++) {
      for (let x = Math.round(0.6 * picture.width); x < 0.8 * picture.width; x++) {
        const [r, g, b] = picture.at(x, y);
        if (r > 150 && r > g + 80 && r > b + 80) crosses.push({ x, y });
      }
    }
    assert.ok(crosses.length > 4, `${crosses.length} red pixels`);
    const middle = (of: 'x' | 'y') => crosses.reduce((sum, at) => sum + at[of], 0) / crosses.length;
    const position = { x: middle('x'), y: middle('y') };
    await canvas.hover({ position });
    await panel.page.locator('#scatter-point', { hasText: 'c: 40 real steps' }).waitFor();
    await canvas.click({ position });
    await panel.page.locator('#heatmap').waitFor();
    assert.deepEqual(await panel.sent(), [{ kind: 'choose', choice: { what: 'instance', index: 2 } }]);
  });

  it('opens an instance from the list, by keyboard too', async () => {
    await bring();
    await panel.page.locator('#audit-instances summary').press('Enter');
    await panel.page.locator('#flipping button', { hasText: 'd' }).press('Enter');
    assert.deepEqual(await panel.sent(), [{ kind: 'choose', choice: { what: 'instance', index: 3 } }]);
  });

  it('of one instance says what flips and what holds, without rates', async () => {
    const { one } = await odd();
    await bring({ result: one, scope: 'instance', instances: 14 });
    assert.equal(await panel.text('#audit-words'), 'Audited instance i3.');
    assert.equal(await panel.page.locator('#flip-bars, #length-scatter').count(), 0);
    const rows = await panel.page
      .locator('#carrier-numbers tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.equal(rows.length, one.carrier.length);
    for (const [i, [, answer, change]] of rows.entries()) {
      const result = one.carrier[i]!;
      assert.ok(!('unavailable' in result));
      assert.match(answer!, result.flipped[0] ? /^flips/ : /^holds/);
      assert.ok(Math.abs(Number(change!.replace('−', '-')) - result.worst.dp) <= 0.00051, change!);
    }
    assert.match(await panel.text('#audit-masked'), /the answer (holds|flips); \|Δlogit\| \d/);
    assert.doesNotMatch(await panel.text('#view-audit'), /\[\d+ %, \d+ %\]|\b1 instances|100 % of 1/);
  });

  it('of a file without padding says so in each part, and draws no bars of nothing', async () => {
    const { unpadded } = await odd();
    await bring({ result: unpadded });
    assert.equal(await panel.page.locator('#flip-bars').count(), 0);
    for (const part of ['#verdict-mapArtefact', '#verdict-layout', '#verdict-look', '#audit-carrier'])
      assert.match(await panel.text(part), /No instance is padded/, part);
    for (const part of ['#audit-masked', '#audit-instances', '#audit-preprocessing'])
      assert.match(await panel.text(part), /No instance is padded/, part);
  });

  it('never shows NaN, undefined or infinity, whatever the file and the model', async function () {
    this.timeout(60_000);
    for (const [what, audit] of Object.entries((await odd()).all)) {
      await bring({ result: audit, instances: audit.instances.length });
      for (const summary of await panel.page.locator('#view-audit details').all())
        await summary.evaluate((details) => details.setAttribute('open', ''));
      const text = await panel.text('#view-audit');
      const labels = await panel.page
        .locator('#view-audit [aria-label], #view-audit [title]')
        .evaluateAll((all) =>
          all.map((one) => `${one.getAttribute('aria-label')} ${one.getAttribute('title') ?? ''}`),
        );
      assert.doesNotMatch(
        text + labels.join('\n').replaceAll('null', ''),
        /NaN|undefined|Infinity|\[object/,
        what,
      );
      assert.doesNotMatch(text, /\bnull\b/, what);
    }
  });

  it('marks an audit that is out of date and names from files stay inert', async () => {
    const trap = '<img src=x onerror="window.trapped=1">';
    const verdicts = {
      ...smallAudit.verdicts,
      mapArtefact: { answer: 'explained', reason: trap, numbers: {} },
    } as const;
    await bring({ outdated: true, result: { ...smallAudit, verdicts } });
    assert.match(await panel.text('#audit-words'), /out of date: model, mask or data have changed/);
    assert.match(await panel.text('#verdict-mapArtefact'), /<img src=x/);
    assert.equal(await panel.page.evaluate(() => 'trapped' in window), false);
  });
});
