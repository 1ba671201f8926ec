import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { bundled } from '../workbench/bundled.ts';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/hostile', name));
const config = JSON.parse(fixture('markup.attribution.json').toString());
/** The same names by a file's own name, as far as a path can hold them. */
const fileName = '$(flame)[Repair](command:workbench.action.toggleSidebarVisibility).csv';
const script = `// Pads nothing.
export function preprocess(instances) {
  return instances.map(({ x, ...rest }) => ({ ...rest, x: standardize(x) }));
}
const standardize = (x) => x;
`;
const thrown = '[Repair](command:workbench.action.toggleSidebarVisibility) $(flame) \\u202Egnp \\u001b[31m';

/** What must not be on any surface: text that steers text, and marks that the editor would obey. */
const steers = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const obeyed = /\]\(|\$\(/;

describe('Names that would be obeyed', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.open({
      files: {
        'attribution.json': '{}',
        'links/attribution.json': '{ "model": "plain.onnx" }',
        'links/plain.onnx': fixture('plain.onnx'),
        'links/link_two_columns.csv': fixture('link_two_columns.csv'),
        'links/link_blank_cell.csv': fixture('link_blank_cell.csv'),
        'links/escape_columns.csv': fixture('escape_columns.csv'),
        'links/forged_line.csv': fixture('forged_line.csv'),
        'links/link_array_name.npz': fixture('link_array_name.npz'),
        'links/link_ids.npz': fixture('link_ids.npz'),
        [`links/${fileName}`]: fixture('plain.csv'),
        'markup/attribution.json': JSON.stringify({
          ...config,
          model: 'markup.onnx',
          preprocess: { script: 'prepare.mjs' },
        }),
        'markup/markup.onnx': fixture('markup.onnx'),
        'markup/names.csv': fixture('markup_names.csv'),
        'markup/prepare.mjs': script,
      },
    });
  });

  afterEach(async function () {
    await scene?.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  /** Text of a surface, after a look at what would be drawn or could be clicked on it. */
  async function inert(surface: Locator, marks: { readonly icons: string }): Promise<string> {
    await surface.waitFor({ timeout: 20_000 });
    assert.equal(await surface.locator('a[href], a[data-href], .codicon-flame, img, script').count(), 0);
    assert.equal(await surface.locator(`[class*="codicon-"]:not(${marks.icons})`).count(), 0);
    const text = await surface.innerText();
    assert.doesNotMatch(text, steers);
    assert.doesNotMatch(text, obeyed);
    return text;
  }

  const refused = [
    ['link_two_columns.csv', '"[Repair this file] (command:'],
    ['link_blank_cell.csv', '"[Repair this file] (command:'],
    ['link_array_name.npz', '[Repair this file] (command:'],
    ['link_ids.npz', '"[Repair this file] (command:'],
    ['escape_columns.csv', '\\u001b[31mRED'],
    ['forged_line.csv', 'a\\nattribution-lens: everything is fine'],
  ] as const;
  for (const [file, name] of refused) {
    it(`are words in the panel and in the status bar about ${file}`, async () => {
      const { workbench, panel } = scene;
      await workbench.dismissNotifications();
      await scene.refused(`links/${file}`, name);
      // It is said once: nothing beside the panel repeats it.
      assert.equal(await workbench.notification(name).count(), 0);
      assert.ok((await inert(panel.refusal(), { icons: '.none' })).includes(name));
      const status = workbench.page.locator('.statusbar-item[id$="attribution.status"]');
      await status.locator('.codicon-error').waitFor({ timeout: 15_000 });
      await inert(status, { icons: '.codicon-error' });
      const label = await status.locator('a').first().getAttribute('aria-label');
      assert.doesNotMatch(label ?? '', obeyed);
    });
  }

  it('are words in the log', async () => {
    const { workbench } = scene;
    await workbench.dismissNotifications();
    await workbench.command('Attribution: Show Log');
    const log = workbench.page.locator('.panel .monaco-editor .view-lines');
    await log.locator('.view-line', { hasText: 'attribution-lens:' }).first().waitFor({ timeout: 20_000 });
    const lines = (await log.innerText()).replaceAll('\u00a0', ' ');
    assert.match(lines, /\\nattribution-lens: everything is fine/);
    assert.doesNotMatch(lines, /^attribution-lens: everything is fine/m);
    assert.doesNotMatch(lines, steers);
    await workbench.command('View: Hide Panel');
  });

  it('are words where a file is called so: in its tab, and in the message that it is saved', async () => {
    const { workbench, panel } = scene;
    await scene.explain(`links/${fileName}`);
    await panel.drawn(30_000, fileName);
    const tab = workbench.tab('Attribution: $ (flame)[Repair] (command:');
    await inert(tab.locator('.monaco-icon-name-container'), { icons: '.none' });
    await workbench.quickPick.open('F1', '>Attribution: Export…');
    await workbench.quickPick.item(/^Attribution: Export…/).click();
    await workbench.quickPick.item('Table (CSV)').click();
    await workbench.page.waitForFunction(
      "document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith('.map.csv')",
    );
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first().click();
    const message = workbench.notification('Saved $ (flame)[Repair] (command:');
    await inert(message.locator('.notification-list-item-message'), { icons: '.none' });
    await workbench.dismissNotifications();
  });

  it('are words in the panel, which draws none of them', async () => {
    const { panel } = scene;
    await scene.explained('markup/names.csv');
    const page = panel.frame.locator('body');
    assert.equal(await page.locator('main :is(img, script, svg script, a[href])').count(), 0);
    assert.doesNotMatch(await page.innerText(), steers);
    assert.match(await panel.text('prediction'), /<img src=x onerror|\$\(flame\)\\u202e\[Repair/);
    const marked = await page.evaluate(() => (globalThis as unknown as { marked?: number }).marked);
    assert.equal(marked, undefined);
    await scene.workbench.screenshot('hostile-panel');
  });

  it('are words in pages and pictures that are passed on, and in what a terminal is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attribution-passed-on-'));
    const files = join(root, 'test/fixtures/hostile');
    const about = [join(files, 'markup.onnx'), join(files, 'markup_names.csv')];
    const config = ['--config', join(files, 'markup.attribution.json')];
    const cli = (...words: string[]) =>
      spawnSync(process.execPath, [bundled('src/cli.ts'), ...words, ...config], {
        cwd: root,
        encoding: 'utf8',
      });
    const page = await scene.workbench.page.context().newPage();
    try {
      let dialogs = 0;
      page.on('dialog', (dialog) => {
        dialogs++;
        void dialog.dismiss();
      });
      for (const form of ['html', 'svg']) {
        const out = join(folder, `map.${form}`);
        assert.equal(cli('explain', ...about, '--out', out).status, 0);
        await page.setContent(readFileSync(out, 'utf8'));
        const root = page.locator(':root');
        assert.equal(
          await root.locator('script, img:not(.map), a[href], [onerror], [onload]').count(),
          0,
          form,
        );
        assert.match((await root.textContent())!, /<img src=x onerror|\\u202e/);
        assert.equal(
          await page.evaluate(() => (globalThis as unknown as { marked?: number }).marked),
          undefined,
        );
      }
      assert.equal(dialogs, 0);
      const { stdout, stderr } = cli('audit', ...about);
      assert.match(stdout, /./);
      assert.doesNotMatch(stdout + stderr, steers);
    } finally {
      await page.close();
      rmSync(folder, { recursive: true });
    }
  });

  const lists = {
    'Pick Class…': /\$ \(flame\)\\u202e\[Repair this file\] \(command:/,
    'Pick Contrast Class…': /\$ \(flame\)\\u202e\[Repair this file\] \(command:/,
    'Pick Instance…': /<img src=x onerror.*\[Repair this file\] \(command:/,
    'Pick Layer…': /./,
    'Compare with…': /Another class/,
  };
  for (const [command, row] of Object.entries(lists)) {
    it(`are words in the list of ${command}`, async () => {
      const { workbench } = scene;
      await workbench.command(`Attribution: ${command}`);
      const items = await workbench.quickPick.items();
      assert.ok(
        items.some((item) => row.test(item)),
        items.join('\n'),
      );
      const widget = workbench.page.locator('.quick-input-widget');
      await inert(widget, { icons: '.codicon-diff, .codicon-close, .codicon-quick-input-back' });
      for (const item of items) assert.doesNotMatch(item, obeyed);
      const placeholder = await widget.locator('input[type="text"]').first().getAttribute('placeholder');
      assert.doesNotMatch(placeholder ?? '', obeyed);
      assert.doesNotMatch(placeholder ?? '', steers);
      await workbench.screenshot(`hostile-${command.replace(/\W/g, '')}`);
      await workbench.quickPick.escape();
    });
  }

  it('are words in the hover of a row', async () => {
    const { workbench } = scene;
    await workbench.tab('names.csv').click();
    await workbench.editor.goTo(2);
    const hover = await workbench.editor.hover('0.2477', 'step 0');
    assert.equal(await hover.locator('a[data-href^="command:"], img, script, .codicon-flame').count(), 0);
    const text = await hover.innerText();
    assert.match(text, /\[Repair this|\$\(flame\)|<img src=x/);
    assert.doesNotMatch(text, steers);
    await workbench.screenshot('hostile-hover');
    await workbench.page.keyboard.press('Escape');
  });

  it('are words in the lens above a line of the script', async () => {
    const { workbench } = scene;
    await (await workbench.reveal('markup/prepare.mjs')).dblclick();
    await workbench.editor.line('Pads nothing').waitFor();
    const lens = workbench.page.locator('.codelens-decoration', { hasText: 'p(' }).first();
    const text = await inert(lens, { icons: '.none' });
    assert.match(text, /p\((<img src=x|\$ \(flame\)\\u202e\[Repair this file\] \(command:)/);
    await workbench.screenshot('hostile-lens');
  });

  it('are words in the problem at a line of the script', async () => {
    const { workbench, panel } = scene;
    const file = join(scene.workspace, 'markup/prepare.mjs');
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace('return', `throw new Error('${thrown}');\n  return`),
    );
    await panel.says('refusal', 'Repair');
    await workbench.command('View: Focus Problems');
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'Repair' }).first();
    await problem.waitFor({ timeout: 20_000 });
    const text = await problem.innerText();
    assert.match(text, /\[Repair\] \(command:.* \$ \(flame\) \\u202egnp \\u001b\[31m/);
    assert.doesNotMatch(text, steers);
    assert.equal(await problem.locator('a[href^="command:"], .codicon-flame').count(), 0);
    await workbench.screenshot('hostile-problem');
  });
});
