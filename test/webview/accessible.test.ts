import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PanelViews, ReadingView, ToPanel } from '../../src/views/panel/contract.ts';
import { auditView } from './harness/audits.ts';
import { evaluationView, judged } from './harness/evaluations.ts';
import { overviewView, twoClasses } from './harness/overviews.ts';
import { PanelPage } from './harness/panelPage.ts';
import { reachable } from './harness/reachable.ts';
import { found, repairView, trainingView } from './harness/repairs.ts';
import { makeKept, rowOf } from './harness/runs.ts';
import type { ThemeName } from './harness/themes.ts';
import { makeView } from './harness/views.ts';

declare const axe: {
  run(root: Document | { include: string[] }, options: object): Promise<{ violations: Violation[] }>;
};

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: { readonly html: string; readonly failureSummary: string }[];
}

const fact = { words: 'by mean and deviation', why: 'attribution.json' };
const plan: ReadingView['plan'] = {
  ...{ file: 'walk.csv', format: 'csv', layout: 'single', instances: 1, steps: [48, 48] },
  ...{ features: ['hip'], alternatives: [], parts: [{ name: 'hip', role: 'feature', reason: 'numbers' }] },
};
const readCard: ReadingView = {
  ...{ plan, question: null, written: '"mask": "trailing"' },
  facts: [
    { topic: 'layout', ...fact },
    { topic: 'standardise', ...fact },
  ],
};
const ways: NonNullable<ReadingView['question']>['ways'] = [
  { label: 'the column file parts it', setting: '"case": "file"', tried: null },
  {
    label: 'all rows are one',
    setting: '"layout": "single"',
    tried: { kind: 'refused', sentence: 'Too long.' } as never,
  },
];
const question: ReadingView = {
  ...{ plan: null, facts: [], written: null },
  question: { sentence: 'Two readings fit.', ways },
};
const refused: ToPanel = {
  ...{ kind: 'refused', sentence: 'The file cannot be read.', canRetry: true },
  actions: [{ label: 'Fix…', command: 'changeReading' }],
};

const finding = {
  code: 'not-standardised',
  severity: 'warning',
  sentence: 'The last 12 real steps are all zero.',
} as const;

const themes: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
const tabs = [
  'map',
  'instances',
  'grid',
  'reading',
  'audit',
  'evaluation',
  'repair',
  'dataset',
  'classes',
  'compare',
  'training',
  'runs',
] as const;

describe('Every view, as axe-core judges it', () => {
  let panel: PanelPage;
  let answer: PanelViews['whatIf'];
  const view = makeView({ change: { findings: [finding] } });

  before(async function () {
    this.timeout(90_000);
    panel = await PanelPage.open({ width: 1000, height: 800 });
    // Colours are not judged while something fades in.
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    await panel.page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
    await panel.show(view);
    const { explanation } = view;
    const { map, shares } = explanation;
    const classMaps = ['walk', 'run'].map((name, index) => ({ target: { index, name }, map, shares }));
    const [a, b] = [makeKept(1), makeKept(2, { how: { relu: false } })];
    const told = [
      { id: 'audit', view: auditView() },
      { id: 'evaluation', view: evaluationView(await judged(24)) },
      { id: 'repair', view: repairView(found()) },
      { id: 'training', view: trainingView() },
      { id: 'dataset', view: overviewView(await twoClasses()) },
      { id: 'classes', view: { explanation: { ...explanation, classMaps } } },
      {
        id: 'grid',
        view: { what: 'methods', panes: [{ name: 'gradcam', explanation, sentence: null }], of: 1, left: 0 },
      },
      { id: 'compare', view: { pair: { a, b } } },
      { id: 'reading', view: readCard },
      { id: 'runs', view: { rows: [rowOf(a), rowOf(b)], a: a.facts.id, b: null } },
    ] as const;
    for (const one of told) await panel.receive({ kind: 'view', front: false, ...one } as never);
    // The bar that asks what if, with its answers.
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'b', 'ArrowRight', 'Enter']) await panel.page.keyboard.press(key);
    await panel.page.locator('#what-if-mask').click();
    const [asked] = (await panel.sent()).flatMap((one) => (one.kind === 'whatIf' ? [one] : []));
    answer = { edits: asked!.edits, explanation, sentence: null };
    await panel.receive({ kind: 'view', id: 'whatIf', view: answer, front: false });
  });

  after(async () => {
    await panel.close();
  });

  // The narrowest, a column beside a file, what 200 % zoom leaves of 1280 × 900, and alone.
  for (const [width, height] of [
    [350, 500],
    [480, 700],
    [640, 450],
    [1000, 700],
  ] as const) {
    it(`lets the controls of every view be reached with mouse and keys at ${width} × ${height}`, async () => {
      await panel.page.setViewportSize({ width, height });
      for (const tab of tabs) {
        await panel.page.evaluate((id) => document.getElementById(id)!.click(), `tab-${tab}`);
        await panel.settle();
        const { controls, covered, focused, unseen } = await reachable(panel.page);
        assert.ok(controls.length > 8, `${tab} has ${controls.length} controls`);
        assert.deepEqual([tab, ...covered, ...unseen], [tab]);
        assert.deepEqual([tab, ...controls.filter((id) => !focused.includes(id))], [tab]);
      }
      await panel.page.setViewportSize({ width: 1000, height: 800 });
    });
  }

  for (const theme of themes) {
    it(`has no violation in ${theme}`, async () => {
      await panel.useTheme(theme);
      // Each is drawn in front, then all are judged at once.
      for (const tab of tabs)
        await panel.page.evaluate((id) => document.getElementById(id)!.click(), `tab-${tab}`);
      await panel.settle();
      await panel.page.evaluate(() => {
        for (const view of document.querySelectorAll<HTMLElement>('[role=tabpanel]')) view.hidden = false;
      });
      // What stands on the page is the same in every theme, its colours are not.
      const rules = theme === 'dark' ? {} : { runOnly: { type: 'rule', values: ['color-contrast'] } };
      const { violations } = await panel.page.evaluate((how) => axe.run(document, how), {
        ...rules,
        resultTypes: ['violations'],
      });
      // What stands in the place of a picture, or over it.
      await panel.receive({ kind: 'view', id: 'reading', view: question, front: true });
      await panel.receive(refused);
      await panel.receive({ kind: 'busy', what: 'Explaining walk_0007', share: 0.4 });
      const notices = await panel.page.evaluate(
        (how) => axe.run({ include: ['#view-reading', '.refused', '.busy'] }, how),
        { ...rules, resultTypes: ['violations'] },
      );
      violations.push(...notices.violations);
      await panel.receive({ kind: 'view', id: 'reading', view: readCard, front: false });
      await panel.show(view);
      await panel.receive({ kind: 'view', id: 'whatIf', view: answer, front: false });
      const found = violations.map(({ id, help, nodes }) => [id, help, ...nodes.map(({ html }) => html)]);
      assert.deepEqual(found, []);
    });
  }
});
