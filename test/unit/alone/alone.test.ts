import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readReport } from '../../suites/testReport.ts';
import { root } from '../../workbench/folders.ts';

/** What a clone does not have. */
const MADE_HERE = ['.git', 'node_modules', 'dist', 'out', '.vscode-test', '.native-test'];
/** Every kind of reference: both exporters' models, Keras, maps, tables, the audit, JapaneseVowels. */
const PART = [
  ...['attribution/zoneShares', 'data/tsFile', 'formats/loadModel', 'graph/linearHead', 'padding/lengthTree'],
  ...['preprocess/reference', 'evaluation/truthFile', 'gradient/inputGradients'],
];

describe('a clone with nothing beside it', function () {
  this.timeout(120_000);
  let above: string;
  let clone: string;
  let lookups: string;

  before(() => {
    // As in a folder of its own, with a trap where a folder of ours would stand.
    above = realpathSync(mkdtempSync(join(tmpdir(), 'attribution-alone-')));
    clone = join(above, 'x');
    lookups = join(above, 'lookups.txt');
    cpSync(root, clone, {
      recursive: true,
      filter: (source) => !MADE_HERE.includes(relative(root, source)) && !source.endsWith('.vsix'),
    });
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
  });
  after(() => rmSync(above, { recursive: true, force: true }));

  function node(...words: string[]) {
    const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('ATTRIBUTION_'));
    const temporary = join(above, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const hook = pathToFileURL(join(clone, 'test/unit/alone/lookups.mjs')).href;
    return spawnSync(process.execPath, words, {
      cwd: clone,
      encoding: 'utf8',
      env: {
        ...Object.fromEntries(environment),
        TMPDIR: temporary,
        NODE_OPTIONS: `--import=${hook}`,
        ALONE_INSIDE: JSON.stringify([clone, temporary, realpathSync(join(root, 'node_modules'))]),
        ALONE_LOOKUPS: lookups,
      },
    });
  }
  const looked = () =>
    existsSync(lookups) ? [...new Set(readFileSync(lookups, 'utf8').trim().split('\n'))] : [];

  it('would notice a look outside', () => {
    const look = "import { existsSync } from 'node:fs'; existsSync('../shared/fixtures')";
    assert.equal(node('--input-type=module', '--eval', look).status, 0);
    assert.deepEqual(looked(), [`existsSync ${join(above, 'shared/fixtures')}`]);
    rmSync(lookups);
  });

  it('runs tests on every kind of reference, skips none, and looks at no file outside', () => {
    const report = join(clone, 'out/alone.json');
    const files = PART.map((name) => join(clone, 'test/unit', `${name}.test.ts`));
    const runner = ['--import', 'tsx', 'test/suites/mochaProcess.ts', '--report', report];
    const { stdout, stderr, status } = node(...runner, ...files);
    assert.equal(status, 0, stdout.slice(-3000) + stderr.slice(-3000));
    const { tests } = readReport(report);
    assert.ok(tests.length >= 60, `${tests.length} tests`);
    assert.deepEqual(
      tests.filter(({ outcome }) => outcome !== 'passed'),
      [],
    );
    assert.deepEqual(looked(), []);
  });
});

describe('paths in the sources', () => {
  const files = ['src', 'webview', 'test', 'media/sample'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs|cjs|js|json)$/.test(file))
      .map((file) => join(root, folder, file)),
  );
  /** `new URL('…', import.meta.url)`, `join(import.meta.dirname, '…')`, imports: from the folder of the file. */
  const fromHere =
    /(?:new URL\(|import\.meta\.dirname, |fileURLToPath\(import\.meta\.url\)\), |\bfrom |\bimport\(|^import )'(\.\.?\/[^']*)'/gm;
  /** A step upwards from the root of the repository. */
  const fromRoot = /\b(?:join|resolve)\((?:root|repository), '\.\./;

  it('none leads out of the repository', () => {
    let seen = 0;
    const out = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const paths = [...text.matchAll(fromHere)].map(([, path]) => path!);
      seen += paths.length;
      const strangers = paths.filter((path) => relative(root, resolve(dirname(file), path)).startsWith('..'));
      return [...strangers, ...(fromRoot.test(text) ? ['../'] : [])].map(
        (path) => `${relative(root, file)}: ${path}`,
      );
    });
    assert.ok(seen > 1000, `${seen} paths`);
    assert.deepEqual(out, []);
  });

  it('one place asks for the whole set of references, and by its variable only', () => {
    const variable = ['ATTRIBUTION', 'SHARED'].join('_');
    const asking = files.filter((file) => readFileSync(file, 'utf8').includes(variable));
    assert.deepEqual(
      asking.map((file) => relative(root, file)),
      ['test/fixtures/referenceFile.ts'],
    );
  });
});
