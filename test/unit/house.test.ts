import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const sources = ['src', 'webview'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.(ts|css)$/.test(file)),
);

interface Import {
  readonly from: string;
  /** A file of the repository, or a module's name. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const imports: readonly Import[] = sources.flatMap((from) => importsOf(from));

function importsOf(from: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|^import\s+'([^']+)'/gm;
  return [...read(from).matchAll(pattern)].map((match) => {
    const name = (match[2] ?? match[3] ?? match[4])!;
    const to = name.startsWith('.') ? relative(root, resolve(root, dirname(from), name)) : name;
    return { from, to, isTypeOnly: match[1] !== undefined };
  });
}

const shown = ({ from, to }: Import) => `${from} imports ${to}`;

/** `attribution` for src/attribution/mapGraph.ts, `extension.ts` for src/extension.ts, `webview` for the page. */
const roomOf = (file: string) => (file.startsWith('src/') ? file.split('/')[1]! : file.split('/')[0]!);

describe('The house', () => {
  it('is read at all', () => {
    assert.ok(sources.length > 20);
    assert.ok(imports.some(({ to }) => to === 'src/refusal.ts'));
    assert.ok(imports.some(({ to }) => to.startsWith('node:')));
  });

  it('imports vscode only where the editor is', () => {
    const editor = ['extension.ts', 'commands', 'session', 'views'];
    const strangers = imports.filter(({ from, to }) => to === 'vscode' && !editor.includes(roomOf(from)));
    assert.deepEqual(strangers.map(shown), []);
  });

  const rooms = [
    ...['data', 'preprocess', 'project', 'formats', 'graph', 'runtime', 'attribution', 'padding', 'overview'],
  ];
  const editor = ['views', 'session', 'commands', 'extension.ts', 'vscode'];
  const forbidden: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
      [...rooms, 'engine', 'cli', 'cli.ts', 'evaluation', 'training', 'export'].map((room) => [room, editor]),
    ),
    formats: [...editor, 'attribution', 'padding', 'engine', 'data', 'preprocess'],
    data: [...editor, 'attribution', 'padding', 'engine', 'formats', 'runtime'],
    runtime: [...editor, 'attribution', 'padding', 'engine', 'data', 'preprocess'],
    graph: [...editor, 'attribution', 'padding', 'engine', 'data', 'preprocess'],
    attribution: [...editor, 'engine'],
    padding: [...editor, 'engine', 'overview'],
    overview: [...editor, 'engine'],
    session: ['commands', 'extension.ts'],
    webview: ['vscode', 'session', 'commands', 'extension.ts', 'runtime', 'formats', 'data'],
  };

  for (const [room, others] of Object.entries(forbidden)) {
    it(`has no arrow from ${room} to ${others.join(', ')}`, () => {
      const wrong = imports.filter(({ from, to }) => roomOf(from) === room && others.includes(roomOf(to)));
      assert.deepEqual(wrong.map(shown), []);
    });
  }

  it('has no circle of imports', () => {
    const next = (file: string) => imports.filter(({ from, isTypeOnly }) => from === file && !isTypeOnly);
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const { to } of next(file)) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
  });

  it('keeps files short: none over 400 lines, half of them under 100', () => {
    const lengths = sources.map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
    assert.deepEqual(
      lengths.filter(({ lines }) => lines > 400),
      [],
    );
    const median = lengths.map(({ lines }) => lines).sort((a, b) => a - b)[lengths.length >> 1]!;
    assert.ok(median < 100, `the median file has ${median} lines`);
  });

  it('has no barrels and no utils', () => {
    const barrels = sources.filter((file) => /(^|\/)(index|utils?|helpers?|misc)\.ts$/.test(file));
    assert.deepEqual(barrels, []);
  });

  it('locks every package for every platform, or npm ci refuses on a clean clone', () => {
    type Package = { dependencies?: object; optionalDependencies?: object };
    const packages: Readonly<Record<string, Package>> = JSON.parse(read('package-lock.json')).packages;
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) => {
      const wanted = Object.keys({ ...dependencies, ...optionalDependencies });
      return wanted.filter((name) => !resolves(packages, path, name)).map((name) => `${name} of ${path}`);
    });
    assert.deepEqual(missing, []);
  });

  it('names no package registry and no path of somebody’s machine', function () {
    if (!existsSync(join(root, '.git'))) this.skip();
    const listed = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
    const text = listed.filter(
      (file) => existsSync(join(root, file)) && !/\.(onnx|npz|npy|png|ttf|data|zip|br)$/.test(file),
    );
    const place =
      /registry\.[a-z]+\.|"resolved": "http|(?<![\w.$}*)~-])\/(work|tmp|root|home\/\w+|Users\/\w+)\//;
    const hits = text.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) =>
          place.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [],
        ),
    );
    assert.deepEqual(
      hits.filter((hit) => !hit.startsWith('test/unit/house.test.ts')),
      [],
    );
  });
});

/** Node's search: beside the package that asks, then one node_modules further out each time. */
function resolves(packages: object, path: string, name: string): boolean {
  const inside = path ? `${path}/node_modules/${name}` : `node_modules/${name}`;
  if (inside in packages) return true;
  return (
    path !== '' && resolves(packages, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
  );
}
