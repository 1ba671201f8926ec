import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { StudyLog } from '../../../src/cli/study/studyLog.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { startCli } from './startCli.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

/** Two classes that rise and fall, 6 to 12 steps. */
function rows(part: string): string {
  const lines = ['case,t,label,a'];
  for (let n = 0; n < 24; n++) {
    for (let t = 0; t < 6 + (n % 7); t++) {
      lines.push(`s${n},${t},${n % 2},${(n % 2 ? 1 : -1) * t + Math.sin(n * n + t + part.length)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('command line: long work that is killed, or finds no room', function () {
  this.timeout(90_000);
  let folder: string;
  const at = (name: string) => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-killed-'));
    for (const part of ['TRAIN', 'TEST']) writeFileSync(at(`moves_${part}.csv`), rows(part));
  });
  after(() => rmSync(folder, { recursive: true }));

  const study = (out: string, ...more: string[]) =>
    startCli(
      ...['study', at('moves_TRAIN.csv'), '--filters', '4', '--padding', 'end,start,edge', '--epochs', '2'],
      ...['--seeds', '2', '--out', out, ...more],
    );

  it('a study that is killed goes on with every network that was finished', async () => {
    const out = at('study.json');
    const lines = () => (existsSync(`${out}.rows`) ? readFileSync(`${out}.rows`, 'utf8').split('\n') : []);
    const first = study(out);
    while (lines().length < 3 && first.child.exitCode === null) await sleep(5);
    first.child.kill('SIGKILL');
    await first.ended;
    assert.ok(!existsSync(out), 'it was over before it was killed');
    const finished = lines().flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
    assert.ok(finished.length >= 2 && finished.length < 6, `${finished.length}`);
    const { code, err } = await study(out, '--resume').ended;
    assert.equal(code, 0, err);
    const { rows: all } = JSON.parse(readFileSync(out, 'utf8'));
    assert.equal(all.length, 6);
    // The seconds that each took show that none was trained again.
    assert.deepEqual(all.slice(0, finished.length), finished);
  });

  it('a training that is killed leaves the model that stood there', async () => {
    const out = at('kept.onnx');
    writeFileSync(out, 'what stood there');
    const { child, ended } = startCli(
      'train',
      'fcn',
      at('moves_TRAIN.csv'),
      '--epochs',
      '5000',
      '--out',
      out,
    );
    await sleep(700);
    child.kill('SIGKILL');
    await ended;
    assert.equal(readFileSync(out, 'utf8'), 'what stood there');
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('kept')),
      ['kept.onnx'],
    );
  });

  it('a full disk is one sentence, and a place that is none is refused before the work', async function () {
    if (process.platform !== 'linux') this.skip();
    const data = at('moves_TRAIN.csv');
    symlinkSync('/dev/full', at('full.onnx'));
    writeFileSync(at('noise.csv'), noiseCsv({ instances: 24, labelled: true }));
    const out = ['--out', at('full.onnx')];
    const full = await startCli('train', 'fcn', data, '--filters', '4', '--epochs', '1', ...out).ended;
    assert.equal(full.code, 2);
    assert.match(
      full.err,
      /Cannot write full\.onnx in .*: it does not fit: the disk is full \(ENOSPC\)\.\n$/,
    );
    // The figures are not lost with the file.
    assert.match(full.out, /^trained on .*\n(.*\n)*written {5}nothing$/m);
    const config = ['--config', tiny('attribution.json'), '--with', 'masked', '--json'];
    const repair = ['repair', tiny('tiny.onnx'), at('noise.csv'), ...config];
    const repaired = await startCli(...repair, ...out).ended;
    assert.equal(repaired.code, 2);
    assert.match(repaired.err, /the disk is full/);
    const { out: written, candidates } = JSON.parse(repaired.out);
    assert.deepEqual([written, candidates.length], [null, 1]);
    for (const [out, ...words] of [
      ['out.onnx', 'train', 'fcn', data, '--epochs', '100000'],
      ['out.json', 'study', data, '--epochs', '100000'],
    ] as const) {
      const { code, err } = await startCli(...words, '--out', at(`nowhere/${out}`)).ended;
      assert.equal(code, 2);
      assert.match(err, /Cannot write out\.\w+ in .*nowhere: the folder does not exist\.\n$/);
    }
  });

  it('a study that finds no room for a row says so, and what to do', async () => {
    const log = new StudyLog(at('gone/study.csv'), { epochs: 1 });
    const row = {
      data: 'a',
      set: 'a',
      model: 'fcn',
      padding: 'end',
      masked: false,
      seed: 1,
      epochs: 1,
    } as const;
    const accuracy = { value: 1, interval: [0, 1], n: 1 } as const;
    const none = {
      lengthCrossed: null,
      byLength: null,
      lengthEvidence: null,
      layout: null,
      look: null,
      seconds: 1,
      sha256: '',
    };
    await assert.rejects(
      log.add({ ...row, accuracy, ...none }),
      (error: { code: string; message: string }) =>
        error.code === 'cannot-write' &&
        /^Cannot write study\.csv\.rows in .*--resume\.$/.test(error.message),
    );
  });
});
