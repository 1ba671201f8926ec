import assert from 'node:assert/strict';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCliWith } from './startCli.ts';

/** Standard error as a terminal, where progress is shown. */
const AT_TERMINAL = '--import=data:text/javascript,process.stderr.isTTY=true';

/** 60 MB of long rows. */
function writeLarge(path: string): void {
  const body = Array.from({ length: 1000 }, (_, t) => `,${t},${(t % 97) / 8},${(t % 89) / 4},0.125,7`);
  const file = openSync(path, 'w');
  writeSync(file, 'case,t,a,b,c,d\n');
  for (let one = 0; one < 2600; one++) writeSync(file, `${body.map((rest) => one + rest).join('\n')}\n`);
  closeSync(file);
}

describe('command line: Ctrl+C while a large file is read', function () {
  this.timeout(90_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-interrupted-'));
    writeLarge(join(folder, 'large.csv'));
    mkdirSync(join(folder, 'tmp'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const command of [
    ['data', 'large.csv'],
    ['train', 'fcn', 'large.csv', '--out', 'new.onnx'],
  ]) {
    it(`${command[0]}: says how far it is, ends at once, leaves nothing`, async function () {
      if (process.platform === 'win32') this.skip();
      const words = command.map((word) => (word.includes('.') ? join(folder, word) : word));
      const env = { NODE_OPTIONS: AT_TERMINAL, TMPDIR: join(folder, 'tmp') };
      const { child, ended } = startCliWith(env, ...words);
      let [said, out] = ['', ''];
      child.stderr.on('data', (text) => {
        said += text;
      });
      child.stdout.on('data', (text) => {
        out += text;
      });
      while (!/ Reading large\.csv, \d+ of \d\d MB/.test(said) && child.exitCode === null) await sleep(5);
      const engines = childrenOf(child.pid!);
      child.kill('SIGINT');
      const { code, signal, err } = await ended;
      assert.deepEqual({ code, signal, out }, { code: null, signal: 'SIGINT', out: '' }, err);
      // The line of progress is taken away, and there is nothing to say.
      assert.ok(err.endsWith('\r\u001b[K'), err);
      assert.ok(!/Error|\bat /.test(err), err);
      for (const engine of engines) while (isAlive(engine)) await sleep(20);
      assert.deepEqual(readdirSync(folder).toSorted(), ['large.csv', 'tmp']);
      assert.deepEqual(readdirSync(join(folder, 'tmp')), []);
    });
  }
});

/** As Linux tells them; elsewhere none is looked for. */
function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
