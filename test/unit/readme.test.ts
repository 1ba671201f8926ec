import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { supportedOperators } from '../../src/graph/gradient/registry.ts';
import { operatorNames } from '../../src/runtime/tfjs/registry.ts';
import { bundled } from '../workbench/bundled.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(repository + path, 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'media/sample/README.md',
  'media/sample/make/README.md',
  'docs/audit.md',
  'docs/dataset.md',
  'docs/export.md',
  'docs/formats.md',
  'docs/explainer.md',
  'docs/privacy.md',
  'docs/runtimes.md',
];

/** Console blocks of README.md: the words after `npm run -s cli --`, and what is said to come out. */
const examples = [
  ...read('README.md').matchAll(/```console\n\$ npm run -s cli -- (.+)\n([\s\S]*?)\n```/g),
].map(([, words, output]) => ({ words: words!, output: output! }));

function cli(words: string): { code: number | null; said: string } {
  const run = spawnSync(process.execPath, [bundled('src/cli.ts'), ...words.split(' ')], {
    cwd: repository,
    encoding: 'utf8',
  });
  return { code: run.status, said: (run.stdout + run.stderr).trim() };
}

/** The audit's own figures may differ in the last digit from one kind of CPU to another; its words, and what advice rests on, may not. */
function words(audit: string): string[] {
  return audit
    .split('\n')
    .map((line) => (/^(advice:| {2}Try)/.test(line) ? line : line.replace(/−?\d+(\.\d+)?/g, '#')));
}

/** What it concludes. */
function conclusions(audit: string): string[] {
  return [
    ...audit.matchAll(/^(Length|Padding's place|Padding's look|What the map shows on padding): ([^.]*)\./gm),
  ].map(([line]) => line);
}

describe('The documents', () => {
  for (const { words: asked, output } of examples) {
    it(`show what ${asked} says`, function () {
      this.timeout(240_000);
      const { code, said } = cli(asked);
      if (asked.startsWith('audit')) {
        assert.equal(conclusions(output).length, 4);
        assert.deepEqual(conclusions(said), conclusions(output));
        assert.deepEqual(words(said), words(output));
      } else {
        assert.equal(said, output);
        assert.equal(code, output.startsWith('attribution-lens: ') ? 2 : 0);
      }
    });
  }

  it('show layers, an audit and a refusal', () => {
    assert.deepEqual(
      examples.map(({ words }) => words.split(' ')[0]),
      ['audit', 'layers', 'explain'],
    );
  });

  it('list the operators the gradient passes', () => {
    const [, count, list] = /gradient passes \((\d+)\)<\/summary>\n\n(.+)\n/.exec(read('README.md'))!;
    assert.deepEqual(list!.split(', '), supportedOperators());
    assert.equal(Number(count), supportedOperators().length);
  });

  it('list the operators that run with TensorFlow.js', () => {
    const [, count, list] = /TensorFlow\.js \((\d+)\)<\/summary>\n\n(.+)\n/.exec(read('docs/runtimes.md'))!;
    assert.deepEqual(list!.split(', '), operatorNames());
    assert.equal(Number(count), operatorNames().length);
  });

  it('name commands as the palette does', () => {
    const titles = new Set(Object.values(JSON.parse(read('package.nls.json')) as Record<string, string>));
    // Italics that begin with a capital are commands.
    const named = documents.flatMap((path) =>
      [...read(path).matchAll(/(?<!\*)\*(?:Attribution: )?([A-Z][^*\n]+)\*(?!\*)/g)].map(
        ([, title]) => title!,
      ),
    );
    const unknown = named
      .flatMap((title) =>
        title === 'Next / Previous Instance' ? ['Next Instance', 'Previous Instance'] : [title],
      )
      .filter(
        (title) => !titles.has(title) && !['Extensions: Install from VSIX…', 'Audit Padding'].includes(title),
      );
    assert.ok(named.length > 15, `${named.length} commands are named`);
    assert.deepEqual(unknown, []);
  });

  it('link to files that are there', () => {
    for (const path of documents) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const links = [...read(path).matchAll(/\]\(([^)#:]+)\)|src="([^":]+)"/g)].map(([, a, b]) => a ?? b!);
      for (const link of links) {
        assert.ok(existsSync(repository + folder + link), `${path} links to ${link}`);
      }
    }
  });
});
