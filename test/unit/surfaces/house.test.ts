import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templatesIn } from './templates.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const files = ['src', 'webview'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts')),
);

interface Surface {
  readonly name: string;
  /** What reaches the surface. */
  readonly call: RegExp;
  /** Where it may be reached from: the functions there make text harmless. */
  readonly room: RegExp;
  /** Only in these. */
  readonly within?: RegExp;
  /** A line that the test must catch. */
  readonly example: string;
}

const editor = /^src\/session\/surfaces\//;
const surfaces: readonly Surface[] = [
  {
    name: 'messages',
    call: /\bshow(Error|Warning|Information)Message\b/,
    room: editor,
    example: 'void window.showErrorMessage(x)',
  },
  { name: 'progress', call: /window\.withProgress\b/, room: editor, example: 'vscode.window.withProgress(' },
  {
    name: 'lists',
    call: /\b(createQuickPick|showQuickPick|showWorkspaceFolderPick)\b/,
    room: editor,
    example: 'window.showQuickPick(items)',
  },
  {
    name: 'input boxes',
    call: /\b(showInputBox|createInputBox)\b/,
    room: editor,
    example: 'window.createInputBox()',
  },
  {
    name: 'the status bar',
    call: /\b(createStatusBarItem|setStatusBarMessage)\b/,
    room: editor,
    example: 'window.setStatusBarMessage(x)',
  },
  {
    name: 'code lenses and lines drawn beside text',
    call: /\bnew (vscode\.)?(CodeLens|InlayHint)\(|\bcontentText\b/,
    room: editor,
    example: 'after: { contentText: name }',
  },
  {
    name: 'diagnostics',
    call: /\bnew (vscode\.)?Diagnostic\(/,
    room: editor,
    example: 'new vscode.Diagnostic(range, name)',
  },
  {
    name: 'Markdown',
    call: /\bMarkdownString\(|\bhoverMessage\b|\bHover\((?!hoverMarkdown\()/,
    room: editor,
    example: 'new vscode.MarkdownString(name)',
  },
  {
    name: 'tree items',
    call: /\bnew (vscode\.)?TreeItem\(/,
    room: editor,
    example: 'new vscode.TreeItem(name)',
  },
  {
    name: 'output channels and terminals',
    call: /\b(createOutputChannel|createTerminal|sendText|appendLine)\b/,
    room: editor,
    example: "window.createOutputChannel('x')",
  },
  {
    name: 'titles and tooltips of the editor',
    call: /\.(title|tooltip|placeholder|prompt|message)\s*=\s(?!titleText\()/,
    room: editor,
    within: /^src\/(views|commands|session)\//,
    example: 'this.panel.title = name;',
  },
  {
    name: 'the command line',
    call: /\bprocess\.(stdout|stderr)\.write\b|\bconsole\.(log|error|warn|info|debug)\(/,
    room: /^src\/cli\/(say|output|progressLine)\.ts$|^src\/engine\/(main|guard)\.ts$/,
    example: 'process.stderr.write(name)',
  },
  {
    name: 'streams of the command line',
    call: /\bprocess\.(stdout|stderr)\b(?!\.isTTY)/,
    room: /^src\/cli\/(say|output|progressLine)\.ts$/,
    within: /^src\/(cli|engine|data|formats)\//,
    example: 'const to = process.stdout;',
  },
  {
    name: 'JSON on the command line and in exports',
    call: /\bJSON\.stringify\([^)]*\)*\}?\\n|\bJSON\.stringify\(.*null, 2\)/,
    room: /^src\/cli\/commands\/generate\.ts$/,
    within: /^src\/(cli|commands|export)\//,
    example: 'write(`$' + '{JSON.stringify(value)}\\n`)',
  },
  {
    name: 'markup of the page',
    call: /\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|document\.write|srcdoc)\b/,
    room: /^$/,
    example: 'root.innerHTML = name',
  },
  {
    name: 'text of the page',
    call: /\.(textContent|innerText)\s*\+?=[^=]|\bcreateTextNode\(|\.(title|placeholder|alt|ariaLabel)\s*=[^=>]|\.setAttribute\((?!'aria-busy', String\()/,
    room: /^webview\/element\.ts$/,
    within: /^webview\//,
    example: 'cell.textContent = name',
  },
  {
    name: 'text drawn on the page',
    call: /\.(fillText|strokeText)\((?!shortened\()|\blabels: (?!.*canvasText|\{|readonly )|tick\.label = (?!canvasText|formatTick)/,
    room: /^$/,
    within: /^webview\//,
    example: 'ctx.fillText(name, 0, 0)',
  },
  {
    name: 'escaped HTML as it stands',
    call: /\bnew Html\((?!'|")/,
    room: /^src\/surfaces\/|^src\/export\/(picture|report)\//,
    example: 'new Html(name)',
  },
  {
    name: 'CSV',
    call: /replaceAll\('"', '""'\)|\.join\(','\)\}\\n/,
    // Readers of ARFF and parquet write lines for the table reader, which nobody else sees.
    room: /^src\/surfaces\/|^src\/evaluation\/generators\/|^src\/data\/(arff|parquet)\//,
    example: 'rows.push(`$' + "{cells.join(',')}\\n`)",
  },
];

/** Numbers and colours of our own only. */
const ownMarkup = /^src\/views\/inline\/gutterIcon\.ts$/;

describe('Text leaves by its room', () => {
  for (const { name, call, room, within = /./, example } of surfaces) {
    it(`for ${name}`, () => {
      assert.match(example, call, 'the pattern finds nothing');
      const calls = files
        .filter((file) => within.test(file) && !room.test(file))
        .flatMap((file) => {
          const lines = withoutComments(readFileSync(join(root, file), 'utf8')).split('\n');
          return lines.flatMap((line, i) => (call.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : []));
        });
      assert.deepEqual(calls, []);
    });
  }

  it('for HTML and SVG: every value in markup goes through a tag', () => {
    assert.equal(bareMarkup('a.ts', 'const a = `<p>$' + '{name}</p>`;').length, 1);
    assert.equal(bareMarkup('a.ts', "const a = '<p>' + name;").length, 1);
    assert.equal(bareMarkup('a.ts', 'const a = html`<p>$' + '{name}</p>`;').length, 0);
    const found = files
      .filter((file) => !ownMarkup.test(file))
      .flatMap((file) => bareMarkup(file, readFileSync(join(root, file), 'utf8')));
    assert.deepEqual(found, []);
  });
});

/** Places where markup is put together without a tag that escapes. */
function bareMarkup(file: string, text: string): string[] {
  const tag = /<\/?[a-z][a-z0-9]*[\s/>]/i;
  const templates = templatesIn(text)
    .filter(
      ({ tag: own, values, literal }) => !['html', 'svg'].includes(own) && values > 0 && tag.test(literal),
    )
    .map(({ line }) => `${file}:${line}`);
  const added = [...text.matchAll(/'[^'\n]*'/g)]
    .filter(([literal], i, all) => tag.test(literal) && /^\s*\+|\+\s*$/.test(around(text, all[i]!)))
    .map(({ index }) => `${file}:${text.slice(0, index).split('\n').length}`);
  return [...templates, ...added];
}

/** What stands before a match, and what after it where nothing stands before. */
function around(text: string, { 0: literal, index }: RegExpExecArray): string {
  const after = text.slice(index + literal.length, index + literal.length + 20);
  return /^\s*\+/.test(after) ? after : text.slice(Math.max(0, index - 20), index);
}

/** Comments may name a surface; line numbers stay. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}
