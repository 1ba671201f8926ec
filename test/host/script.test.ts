import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { SessionState } from '../../src/session/state.ts';
import { pythonScript } from '../fixtures/scripts/tinyPython.ts';
import { scratch } from './support/files.ts';
import { explain, pictureOf, run, until } from './support/lens.ts';
import { isIdle, linked, script } from './support/script.ts';

const swapped = script.replace('pad(standardize([...row], f))', 'standardize(pad([...row]), f)');
const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const settings = () => vscode.workspace.getConfiguration('attribution');

const p = ({ explanation }: SessionState) => explanation!.prediction.probabilities![0]!;
// VS Code's own JavaScript has its say, too.
const errorsIn = (file: string) =>
  vscode.languages
    .getDiagnostics(vscode.Uri.file(file))
    .filter(({ source }) => source === 'Attribution Lens');
const lensesIn = async (file: string) => {
  await vscode.workspace.openTextDocument(file);
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    vscode.Uri.file(file),
  );
  return found.filter(({ command }) => command?.command === 'attribution.showPanel');
};

/** Replaces the text in an editor and saves it, as a person does. */
async function saveAs(file: string, text: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
  assert.ok(await document.save());
  return editor;
}

async function withSetting(name: string, value: unknown, body: () => Promise<void>): Promise<void> {
  await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await body();
  } finally {
    await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

describe('A linked preprocessing script', function () {
  this.timeout(60_000);

  it('prepares the data: the same picture as the steps of attribution.json, in the rows of the file', async () => {
    const plain = pictureOf(await explain(join(scratch(), 'single.csv')));
    const { state } = await linked();
    const picture = pictureOf(state);
    assert.ok(Math.abs(picture.prediction.logits[0]! - plain.prediction.logits[0]!) < 1e-4);
    assert.deepEqual([...picture.instance.lines], [...plain.instance.lines]);
  });

  it('runs again when it is saved, and its lenses say what changed', async () => {
    const { file, state } = await linked();
    const before = p(state);
    const [first] = await lensesIn(file);
    assert.match(first!.command!.title, /^padding \d+ % of the map · p\(\w+\) \S+ · length 22$/);
    await saveAs(file, swapped);
    const after = await until((now) => isIdle(now) && p(now) !== before, 'new numbers');
    assert.notEqual(after.explanation!.provenance.preprocess, state.explanation!.provenance.preprocess);
    const titles = (await lensesIn(file)).map(({ command }) => command!.title);
    assert.ok(titles.length >= 2);
    assert.ok(
      titles.every((title) => title === titles[0] && title.includes(' → ')),
      titles[0],
    );
  });

  it('runs again when another program saves it', async () => {
    const { file, state } = await linked();
    writeFileSync(file, swapped);
    await until((now) => isIdle(now) && p(now) !== p(state), 'new numbers');
  });

  it('that breaks gets a mark at its line, which goes when it is mended; the picture stays', async () => {
    const { file, state } = await linked();
    const broken = script.replace('const pad', 'throw new RangeError("too long");\nconst pad');
    const line = broken.split('\n').findIndex((text) => text.startsWith('throw'));
    await saveAs(file, broken);
    const failed = await until(({ activity }) => activity.kind === 'refused', 'the error');
    assert.match(
      failed.activity.kind === 'refused' ? failed.activity.sentence : '',
      new RegExp(`^preprocess\\.mjs, line ${line + 1}: RangeError: too long\\.$`),
    );
    assert.equal(failed.explanation, state.explanation);
    const [mark, ...others] = errorsIn(file);
    assert.deepEqual(others, []);
    assert.equal(mark!.range.start.line, line);
    assert.equal(mark!.message, 'RangeError: too long');
    assert.match((await lensesIn(file))[0]!.command!.title, /^last good run: padding/);
    await saveAs(file, script);
    await until(isIdle, 'a picture again');
    assert.deepEqual(errorsIn(file), []);
  });

  it('that is overtaken by a newer save ends; the last save wins', async () => {
    const { file, folder, state } = await linked();
    const slow = (name: string) => `
import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(join(folder, 'pid-'))} + '${name}', String(process.pid));
await new Promise((resolve) => setTimeout(resolve, 30000));
writeFileSync(${JSON.stringify(join(folder, 'done-'))} + '${name}', '');
${script}`;
    for (const name of ['one', 'two']) {
      await saveAs(file, slow(name));
      for (let wait = 0; wait < 200 && !existsSync(join(folder, `pid-${name}`)); wait++) await sleep(50);
      assert.ok(existsSync(join(folder, `pid-${name}`)), `run ${name} has not started`);
    }
    await saveAs(file, swapped);
    await until((now) => isIdle(now) && p(now) !== p(state), 'the numbers of the last save');
    for (const name of ['one', 'two']) {
      const pid = Number(readFileSync(join(folder, `pid-${name}`), 'utf8'));
      assert.throws(() => process.kill(pid, 0), `run ${name} goes on`);
      assert.ok(!existsSync(join(folder, `done-${name}`)));
    }
    assert.deepEqual(errorsIn(file), []);
  });

  it('that takes too long is stopped and says so', async () => {
    await withSetting('script.timeout', 1, async () => {
      const { state, file } = await linked('for (;;) {}');
      assert.equal(state.activity.kind === 'refused' && state.activity.code, 'script-timeout');
      assert.match(errorsIn(file)[0]!.message, /longer than 1 s/);
    });
  });

  it('that writes garbage is refused in one sentence', async () => {
    const { state } = await linked(
      "import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[3], 'PK garbage');",
    );
    assert.match(
      state.activity.kind === 'refused' ? state.activity.sentence : '',
      /^The output of preprocess\.mjs is not a readable \.npz/,
    );
  });

  it('is not run again by Re-run unless asked, and then it is', async () => {
    const { folder } = await linked(
      `import { appendFileSync } from 'node:fs';\nappendFileSync(new URL('ran', import.meta.url), 'x');\n${script}`,
    );
    const runs = () => readFileSync(join(folder, 'ran'), 'utf8').length;
    await run('pickMethod', 'hirescam');
    assert.equal(runs(), 1);
    await run('rerun');
    assert.equal(runs(), 2);
  });

  it('may be Python', async function () {
    if (!hasPython) {
      console.warn('No python3 here: a Python script is not tested in the editor.');
      this.skip();
    }
    const plain = pictureOf(await explain(join(scratch(), 'single.csv')));
    const { state, file } = await linked(pythonScript, 'preprocess.py');
    assert.ok(Math.abs(pictureOf(state).prediction.logits[0]! - plain.prediction.logits[0]!) < 1e-4);
    await saveAs(file, pythonScript.replace('def main', 'raise KeyError("label")\n\ndef main'));
    await until(({ activity }) => activity.kind === 'refused', 'the error');
    assert.equal(errorsIn(file)[0]?.message, "KeyError: 'label'");
  });

  it('names the interpreter that is not there', async () => {
    await withSetting('python', '/no/such/python', async () => {
      const { state } = await linked(pythonScript, 'preprocess.py');
      assert.match(
        state.activity.kind === 'refused' ? state.activity.sentence : '',
        /^preprocess\.py cannot be run: \/no\/such\/python is not there/,
      );
    });
  });
});
