import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../../src/cli/main.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { startCli } from '../cli/startCli.ts';
import { isPosix } from './posix.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tiny = (name: string) => path(`../../fixtures/tiny/${name}`);
const [model, data] = [tiny('tiny.onnx'), tiny('long.csv')];

describe('files of the command line', function () {
  this.timeout(90_000);
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-cli-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...words: string[]) => startCli(...words).ended;

  it('twelve pairs of runs with one --out at once leave twelve whole files', async () => {
    const engine = createEngine();
    const names = Array.from({ length: 12 }, (_, i) => at(`o${i}.npz`));
    // Of different sizes, so that one over the other would show.
    const words = (name: string) =>
      ['0', 'all'].map((wanted) => ['explain', model, data, '--case', wanted, '--out', name]);
    const codes = await Promise.all(names.flatMap(words).map((each) => main(each, engine)));
    await engine.dispose();
    assert.deepEqual(new Set(codes), new Set([0]));
    for (const name of names) assert.ok(readNpz(readFileSync(name), name).get('map'));
    assert.equal(readdirSync(folder).length, 12);
  });

  it('refuses an --out that is read, that is a folder, that lies nowhere', async () => {
    const csv = at('copy.csv');
    writeFileSync(csv, readFileSync(data));
    mkdirSync(at('sub'));
    const cases: (readonly [string, RegExp])[] = [
      [csv, /copy\.csv is read, so it is not overwritten/],
      [at('sub'), /it is a folder; name a file in it/],
      [at('none/o.json'), /the folder does not exist/],
    ];
    if (isPosix) {
      symlinkSync('copy.csv', at('link.json'));
      cases.push([at('link.json'), /link\.json is read \(it is copy\.csv\)/]);
    }
    for (const [out, sentence] of cases) {
      const { code, err } = await run('explain', model, csv, '--out', out);
      assert.equal(code, 2, err);
      assert.match(err, sentence);
      assert.equal(err.trim().split('\n').length, 1);
    }
    assert.deepEqual(readFileSync(csv), readFileSync(data));
  });

  it('a reader that has had enough is no error', async function () {
    if (!isPosix) this.skip();
    for (const words of [['--help'], ['generate', 'Middle', at('set')], ['layers', model, '--json']]) {
      const { child, ended } = startCli(...words);
      child.stdout.destroy();
      assert.deepEqual(await ended, { code: 0, signal: null, err: '', out: '' }, words.join(' '));
    }
  });

  it('a full disk is one sentence', async function () {
    if (process.platform !== 'linux') this.skip();
    const { code, err } = await run('explain', model, data, '--out', '/dev/full');
    assert.equal(code, 2);
    assert.match(
      err,
      /^attribution-lens: Cannot write full in \/dev: it does not fit: the disk is full \(ENOSPC\)\.\n$/,
    );
  });

  it('a signal leaves no half-written file', async function () {
    if (!isPosix) this.skip();
    const { child, ended } = startCli('generate', 'Moving_Middle', folder, '--instances', '2000');
    const seen = await new Promise<string>((resolve, reject) => {
      const look = setInterval(() => {
        const part = readdirSync(folder).find((name) => name.endsWith('.part'));
        if (part) {
          clearInterval(look);
          resolve(part);
        }
      }, 2);
      void ended.then((how) => reject(new Error(JSON.stringify(how))));
    });
    assert.match(seen, /^\.attribution-lens-[0-9a-f]{16}\.part$/);
    child.kill('SIGTERM');
    assert.equal((await ended).signal, 'SIGTERM');
    assert.deepEqual(readdirSync(folder), []);
  });
});
