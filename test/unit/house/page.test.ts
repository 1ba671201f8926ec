import assert from 'node:assert/strict';
import { imports, read, sources } from './sources.ts';

/** What Node has and a page has not. */
const NODE = /\b(?:process|Buffer|global|module)\.|\b(?:require|setImmediate)\(|\b__(?:dirname|filename)\b/;

/** webview/tsconfig.json knows no Node, for the editor; `npm run check` reads the page with the types of its tests. */
describe('The page', () => {
  const reached = new Set(sources.filter((file) => /^webview\/.*\.ts$/.test(file)));
  for (const file of reached) {
    for (const { from, to } of imports) if (from === file && /^src\/.*\.ts$/.test(to)) reached.add(to);
  }

  it('asks nothing of Node, nor does anything it rests on', () => {
    assert.ok(reached.has('src/views/panel/contract.ts') && reached.has('src/raster/pool.ts'));
    const foreign = imports.filter(({ from, to }) => reached.has(from) && to.startsWith('node:'));
    assert.deepEqual(foreign, []);
    const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    assert.deepEqual(
      [...reached].filter((file) => NODE.test(code(file))),
      [],
    );
    assert.ok(NODE.test(code('src/engine/main.ts')));
  });

  it('names none of its views: each is a record in webview/views.ts', () => {
    const views = [...read('webview/views.ts').matchAll(/^ {2}(\w+): \{ label: /gm)].map(([, name]) => name!);
    assert.ok(views.length >= 12, `${views.length} views`);
    const named = [...read('webview/page.ts').matchAll(/'(\w+)'/g)].map(([, word]) => word!);
    assert.deepEqual(
      named.filter((word) => views.includes(word)),
      [],
    );
  });
});
