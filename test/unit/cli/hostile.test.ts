import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { main } from '../../../src/cli/main.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { captured } from './captured.ts';

interface HostileCase {
  readonly id: string;
  /** A command and its words; file names are relative to the folder. */
  readonly command: readonly string[];
  readonly situation: string;
  readonly exit: number;
}

const folder = new URL('../../fixtures/hostile/', import.meta.url);
const inFolder = (name: string) => fileURLToPath(new URL(name, folder));
const cases: readonly HostileCase[] = JSON.parse(readFileSync(inFolder('text.json'), 'utf8'));

/** What steers a terminal, or the direction of the text on it. */
const steers = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe('Hostile names on the command line', () => {
  const engine = createEngine();
  after(() => engine.dispose());

  const run = (...words: string[]) =>
    captured(() =>
      main(
        words.map((word) => (/\.\w+$/.test(word) ? inFolder(word) : word)),
        engine,
      ),
    );

  for (const { id, command, situation, exit } of cases) {
    it(`${id}: ${situation}`, async () => {
      const { code, stdout, stderr } = await run(...command);
      assert.equal(code, exit, stderr);
      for (const text of [stdout, stderr]) {
        assert.doesNotMatch(text, steers);
        assert.doesNotMatch(text, /^attribution-lens: everything is fine/m);
      }
      if (exit === 2) {
        assert.equal(stdout, '');
        assert.match(stderr, /^attribution-lens: .+\.\n$/);
        assert.ok(stderr.length <= 1500);
      }
    });
  }

  const table = ['dataset', 'plain.onnx', 'escape_labels.csv'];
  for (const format of ['json', 'csv', 'text']) {
    it(`labels that steer, as ${format}`, async () => {
      const { code, stdout, stderr } = await run(...table, '--format', format);
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stdout + stderr, steers);
      assert.match(stdout, /\\u001b/);
    });
  }

  it('JSON still reads back the very names', async () => {
    const { stdout } = await run(...table, '--format', 'json');
    const { instances } = JSON.parse(stdout) as { instances: { label: string }[] };
    const { label } = instances[0]!;
    assert.ok(label.startsWith('\u001b]0;title\u0007') && label.endsWith('\u202e0'), label);
  });

  it('a row for each line of a list, whatever its names hold', async () => {
    const { stdout } = await run('layers', 'escape_names.onnx');
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 6);
    const [head, ...rows] = lines.slice(3);
    for (const row of rows) assert.equal(row.indexOf('Conv 1-D'), head!.indexOf('kind'));
  });

  for (const what of ['instances', 'ranking', 'maps']) {
    it(`no cell of the ${what} starts a formula`, async () => {
      const { stdout } = await run(
        ...[
          'dataset',
          'plain.onnx',
          'formulas.csv',
          '--method',
          'saliency',
          '--format',
          'csv',
          '--table',
          what,
        ],
      );
      const { data } = Papa.parse<string[]>(stdout.trimEnd());
      assert.ok(data.length > 1);
      for (const cell of data.flat()) {
        assert.ok(cell === '' || Number.isFinite(Number(cell)) || !/^\s*[=+\-@]/.test(cell), cell);
      }
    });
  }

  it('a report opens no tag that a name holds', async () => {
    const { stdout } = await run(...cases.find(({ id }) => id === 'markup')!.command);
    assert.doesNotMatch(tagsOf(stdout), /<(script|a|iframe|object|form)\b|\bon\w+=/i);
    assert.equal(tagsOf(stdout).match(/<img\b/g)?.length, 1);
    assert.doesNotMatch(stdout, /\u202e/);
    assert.match(stdout, /&lt;script&gt;/);
    const pictures = [...stdout.matchAll(/data:image\/svg\+xml;base64,([\w+/=]+)/g)];
    assert.equal(pictures.length, 2);
    for (const [, base64] of pictures) {
      const svg = Buffer.from(base64!, 'base64').toString();
      assert.doesNotMatch(tagsOf(svg), /<(script|a|img|iframe|foreignObject)\b|\bon\w+=/i);
      assert.doesNotMatch(svg, /\u202e/);
      assert.match(svg, /&lt;img src=x/);
    }
  });
});

/** The tags of a page, without what their attributes say. */
function tagsOf(page: string): string {
  return (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""')).join('');
}
