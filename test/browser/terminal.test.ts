import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from '../workbench/bundled.ts';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

const hostile = join(root, 'test/fixtures/hostile');
const names = readdirSync(hostile).filter((name) => /^(link|escape|forged|markup|plain)/.test(name));
const settings = {
  // Rows as text in the page; and a title that a program sets is shown.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.tabs.title': '$'.concat('{sequence}'),
  'terminal.integrated.shellIntegration.enabled': false,
  'terminal.integrated.stickyScroll.enabled': false,
};
/** On the command line of the shell, whatever the paths hold. */
const cli = `'${process.execPath}' '${bundled('src/cli.ts')}'`;

/** The command line in VS Code's own terminal: what xterm makes of the bytes, not what we think of them. */
describe('Hostile names in the terminal of VS Code', function () {
  this.timeout(180_000);
  let scene: Scene;
  let columns = 0;

  before(async () => {
    const files = names.map((name) => [`terminal/${name}`, readFileSync(join(hostile, name))] as const);
    scene = await Scene.shared({
      ...Object.fromEntries(files),
      'terminal/attribution.json': '{}',
      '.vscode/settings.json': JSON.stringify(settings),
    });
    const { workbench } = scene;
    await workbench.command('Terminal: Create New Terminal');
    await workbench.page.locator('.xterm-rows').waitFor({ timeout: 30_000 });
    await workbench.command('View: Toggle Maximized Panel');
    const { lines } = await said('PS1="> "; cd terminal; stty size');
    columns = Number(lines[0]!.split(' ')[1]);
  });

  afterEach(async function () {
    await scene?.pictureIfFailed(this.currentTest);
  });

  after(async () => {
    await scene?.workbench.command('View: Toggle Maximized Panel');
    await scene?.workbench.command('Terminal: Kill All Terminals');
    await scene?.close();
  });

  const rows = () => scene.workbench.page.locator('.terminal-wrapper.active .xterm-rows');
  const coloured = () => rows().locator('[class*="xterm-fg-"], [class*="xterm-underline"], [style*="color"]');
  const title = () => scene.workbench.page.locator('.single-terminal-tab').first().innerText();
  let asked = 0;

  /** What stands on the screen once a command is through, line for line, and how it ended. */
  async function said(command: string): Promise<{ lines: string[]; code: number }> {
    const { page } = scene.workbench;
    const mark = `through ${++asked}`;
    await page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await page.keyboard.insertText(`clear; ${command}; echo "$? th""rough ${asked}"`);
    await page.keyboard.press('Enter');
    await rows().getByText(mark, { exact: false }).first().waitFor({ timeout: 30_000 });
    const lines = (await rows().locator('> div').allInnerTexts()).map((row) => row.replaceAll('\u00a0', ' '));
    const end = lines.findIndex((row) => row.includes(mark));
    return { lines: lines.slice(0, end), code: Number.parseInt(lines[end]!, 10) };
  }

  const shown = {
    'explain plain.onnx escape_columns.csv': [
      2,
      '"\\u001b]0;title\\u0007\\u001b[31mRED\\u001b[0m\\u001b[2J"',
    ],
    'explain plain.onnx forged_line.csv': [2, '"a\\nattribution-lens: everything is fine, exit 0"'],
    'dataset plain.onnx escape_labels.csv': [0, '\\u001b]0;title\\u0007'],
    'layers escape_names.onnx': [0, 'm\\u001b]0;title\\u0007\\u001b[31mRED\\u001b[0m\\u001b[2J.relu1'],
    'explain plain.onnx link_two_columns.csv': [2, '(command:workbench.action.toggleSidebarVisibility)'],
  } as const;
  for (const [words, [exit, text]] of Object.entries(shown)) {
    it(`are words after ${words}`, async () => {
      const { lines, code } = await said(`${cli} ${words}`);
      assert.equal(code, exit, lines.join('\n'));
      // A long line is broken at the edge of the window.
      assert.ok(lines.join('').includes(text), lines.join('\n'));
      assert.doesNotMatch(await title(), /title/);
      const begins = lines.filter((line) => line.startsWith('attribution-lens:')).length;
      assert.equal(begins, exit === 2 ? 1 : 0);
      assert.equal(await coloured().count(), 0);
    });
  }

  it('run no command where they are clicked as a link', async () => {
    const { page } = scene.workbench;
    const lines = await rows().locator('> div').allInnerTexts();
    const row = lines.findIndex((line) => line.includes('(command:'));
    const screen = (await page.locator('.terminal-wrapper.active .xterm-screen').boundingBox())!;
    const cell = { width: screen.width / columns, height: screen.height / lines.length };
    const x = screen.x + (lines[row]!.indexOf('command:') + 3.5) * cell.width;
    await page.mouse.move(x, screen.y + (row + 0.5) * cell.height);
    await page.keyboard.down('Control');
    await page.mouse.click(x + 2, screen.y + (row + 0.5) * cell.height);
    await page.keyboard.up('Control');
    await scene.workbench.screenshot('terminal-clicked');
    assert.ok(await page.locator('.part.sidebar').isVisible());
    await page.keyboard.press('Escape');
  });

  // Last: the title stays.
  it('would be obeyed there as they are', async () => {
    await said('cat escape_columns.csv');
    await scene.workbench.page.locator('.single-terminal-tab', { hasText: 'title' }).first().waitFor();
    assert.match(await title(), /^title/);
    const { lines } = await said(
      "printf 'one\\nattribution-lens: everything is fine\\033[31mRED\\033[0m\\n'",
    );
    assert.ok(lines.includes('attribution-lens: everything is fineRED'));
    assert.equal((await coloured().allInnerTexts()).join(''), 'RED');
  });
});
