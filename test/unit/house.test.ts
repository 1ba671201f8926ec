import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EDITOR, GROUND, ROOMS } from './house/rooms.ts';
import { imports, read, roomOf, root, shown, sources, tests } from './house/sources.ts';

describe('The house', () => {
  it('is read at all', () => {
    assert.ok(sources.length > 20);
    assert.ok(imports.some(({ to }) => to === 'src/refusal.ts'));
    assert.ok(imports.some(({ to }) => to.startsWith('node:')));
  });

  it('imports vscode only where the editor is', () => {
    const strangers = imports.filter(({ from, to }) => to === 'vscode' && !EDITOR.includes(roomOf(from)));
    assert.deepEqual(strangers.map(shown), []);
  });

  it('keeps the editor out of the session’s core, and of all that it rests on', () => {
    const core = sources.filter((file) => file.startsWith('src/session/core/'));
    assert.ok(core.length > 5);
    const reached = new Set(core);
    for (const file of reached) {
      for (const { from, to } of imports) {
        if (from !== file) continue;
        assert.notEqual(to, 'vscode', `${from}, which the core of the session rests on, imports vscode`);
        if (to.startsWith('src/')) reached.add(to);
      }
    }
    assert.ok(reached.size > core.length);
  });

  const all = [...GROUND, ...Object.keys(ROOMS)];
  const arrows = imports
    .filter(({ to }) => to.startsWith('src/') || to.startsWith('webview/'))
    .map((one) => ({ ...one, above: roomOf(one.from), below: roomOf(one.to) }))
    .filter(({ above, below }) => above !== below);

  it('has no room that is not on the map', () => {
    const unknown = sources.filter((file) => !all.includes(roomOf(file)));
    assert.deepEqual(unknown, [], 'say in test/unit/house/rooms.ts what the room may call');
    const gone = all.filter((room) => !sources.some((file) => roomOf(file) === room));
    assert.deepEqual(gone, []);
  });

  it('has no arrow that is not on the map', () => {
    const allowed = (above: string, below: string) =>
      GROUND.includes(below) || ROOMS[above]?.includes(below) === true;
    const wrong = arrows.filter(({ above, below }) => !allowed(above, below));
    assert.deepEqual(wrong.map(shown), []);
  });

  it('has no arrow on the map that nobody uses', () => {
    const unused = Object.entries(ROOMS).flatMap(([above, those]) =>
      those
        .filter((below) => !arrows.some((arrow) => arrow.above === above && arrow.below === below))
        .map((below) => `${above} → ${below}`),
    );
    assert.deepEqual(unused, []);
  });

  it('has no arrow upward', () => {
    const upward = Object.entries(ROOMS).flatMap(([above, those]) =>
      those.filter((below) => all.indexOf(below) >= all.indexOf(above)).map((below) => `${above} → ${below}`),
    );
    assert.deepEqual(upward, []);
    const offGround = arrows.filter(({ above, below }) => GROUND.includes(above) && !GROUND.includes(below));
    assert.deepEqual(offGround.map(shown), []);
  });

  it('shows the page of the host only what they say to each other', () => {
    const wrong = arrows.filter(
      ({ above, to }) =>
        above === 'webview' &&
        to.startsWith('src/views/') &&
        !/^src\/views\/(panel|glance)\/contract\.ts$/.test(to),
    );
    assert.deepEqual(wrong.map(shown), []);
  });

  it('has no circle of imports, of types neither', () => {
    const next = (file: string) => imports.filter(({ from }) => from === file);
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const { to } of next(file)) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
  });

  it('keeps files short: none over 300 lines, tests neither, half of the programs at most 60', () => {
    const linesOf = (file: string) => read(file).split('\n').length - 1;
    assert.ok(tests.length > 400);
    assert.deepEqual(
      [...sources, ...tests].filter((file) => linesOf(file) > 300),
      [],
    );
    const programs = sources.filter((file) => file.endsWith('.ts')).map(linesOf);
    const median = programs.sort((a, b) => a - b)[programs.length >> 1]!;
    assert.ok(median <= 60, `the median file has ${median} lines`);
  });

  it('has no barrels and no utils', () => {
    const barrels = sources.filter((file) => /(^|\/)(index|utils?|helpers?|misc)\.ts$/.test(file));
    assert.deepEqual(barrels, []);
  });

  it('hides nothing from the compiler, and nothing in blanks that look like others', () => {
    const strange = /[\v\f\u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF]/;
    const told = new RegExp(`@ts-${'(?:ignore|nocheck)'}`);
    const files = [...sources, ...tests];
    assert.deepEqual(
      files.filter((file) => strange.test(read(file)) || told.test(read(file))),
      [],
    );
    assert.ok(strange.test('a\u00A0b') && told.test('// @ts-' + 'ignore'));
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
      (file) => existsSync(join(root, file)) && !/\.(onnx|pt2|npz|npy|png|ttf|data|zip|br)$/.test(file),
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
