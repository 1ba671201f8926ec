import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, copyFile, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDataset } from '../../../src/data/readDataset.ts';
import { readingWords } from '../../../src/data/readingWords.ts';
import { bundled } from '../../workbench/bundled.ts';

const run = promisify(execFile);

describe('files larger than one piece', () => {
  let folder: string;
  let path: string;
  const rows = 120_000;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attribution-'));
    path = join(folder, 'large.csv');
    const lines = Array.from(
      { length: rows },
      (_, row) => `long case id that is not short ${row % 3},${row},${row / 3},${row % 7}`,
    );
    await writeFile(path, `case,t,a,b\n${lines.join('\n')}\n`);
  });
  after(() => rm(folder, { recursive: true }));

  it('are read whole, rows of interleaved cases put together', async () => {
    // The first goes on evenly like a clock.
    const { instances } = await readDataset({ path }, { features: ['a', 'b'] });
    assert.equal(instances.length, 3);
    for (const [index, { id, values, lines, length }] of instances.entries()) {
      assert.equal(id, `long case id that is not short ${index}`);
      assert.equal(length, rows / 3);
      assert.ok(lines!.every((line, step) => line === 2 + index + 3 * step));
      assert.ok(values.subarray(0, length).every((value, step) => value === (index + 3 * step) / 3));
      assert.ok(values.subarray(length).every((value, step) => value === (index + 3 * step) % 7));
    }
  });

  it('report how far they are, and the event loop runs meanwhile', async () => {
    const shares: number[] = [];
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await readDataset({ path }, {}, (share, what) => {
      shares.push(share);
      assert.equal(what, 'Reading large.csv');
    });
    clearInterval(timer);
    assert.ok(shares.length >= 5);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
    assert.ok(ticks > 0);
  });

  it('say of a large one how far they are and how fast', () => {
    let now = 0;
    const words = readingWords('x.csv', 406e6, () => now);
    assert.equal(words(4e6), 'Reading x.csv, 4 of 406 MB');
    now = 2000;
    assert.equal(words(200e6), 'Reading x.csv, 200 of 406 MB, 100 MB/s');
    assert.equal(readingWords('x.csv', 1e6)(5e5), 'Reading x.csv');
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    let reports = 0;
    const work = readDataset(
      { path },
      {},
      () => {
        reports++;
        controller.abort(new Error('stopped by hand'));
      },
      controller.signal,
    );
    await assert.rejects(work, { message: 'stopped by hand' });
    assert.equal(reports, 1);
    await assert.rejects(readDataset({ path }, {}, undefined, AbortSignal.abort(new Error('before'))), {
      message: 'before',
    });
  });

  it('take less memory than disk, whatever their size', async function () {
    this.timeout(30_000);
    const big = join(folder, 'big.csv');
    const words = Array.from({ length: 1009 }, (_, i) => (Math.sin(i) * 3).toFixed(5));
    const file = await open(big, 'w');
    await file.write('case,t,a,b,c,d\n');
    for (let one = 0; one < 900; one++) {
      let text = '';
      for (let step = 0; step < 1000; step++) {
        const at = one * 17 + step;
        text += `${one},${step},${[0, 1, 2, 3].map((feature) => words[(at * (feature + 1)) % 1009]).join(',')}\n`;
      }
      await file.write(text);
    }
    const { size } = await file.stat();
    await file.close();
    const program = bundled('test/unit/data/readAlone.ts');
    // The heap alone would hold a tenth of the file's cells.
    const { stdout } = await run(process.execPath, ['--expose-gc', '--max-old-space-size=48', program, big]);
    const { instances, sum, most, kept } = JSON.parse(stdout);
    assert.equal(instances, 900);
    const last = [0, 1, 2, 3].flatMap((feature) =>
      Array.from({ length: 1000 }, (_, step) => Number(words[((899 * 17 + step) * (feature + 1)) % 1009])),
    );
    assert.equal(
      sum,
      last.reduce((total, value) => total + value, 0),
    );
    assert.ok(size > 30e6 && kept < 0.6 * size, `${kept} bytes are kept of ${size}`);
    assert.ok(most < 250e6, `${most} bytes at most`);
  });

  describe('that change while they are read', () => {
    const changes: Readonly<Record<string, (file: string) => unknown>> = {
      grow: (file) => appendFile(file, 'long case id that is not short 0,120000,1,1\n'),
      'are cut off': (file) => truncate(file, 1.5 * 2 ** 20),
      'are written over': (file) => writeFile(file, 'a,b\n1,2\n2,3\n'),
    };
    for (const [how, change] of Object.entries(changes)) {
      it(`${how}: are refused`, async () => {
        const changing = join(folder, 'changing.csv');
        await copyFile(path, changing);
        let once: unknown;
        const reading = readDataset({ path: changing }, {}, () => {
          once ??= change(changing);
        });
        await assert.rejects(reading, { code: 'file-changed' });
        await once;
      });
    }

    it('are deleted: are read to their end', async () => {
      const leaving = join(folder, 'leaving.csv');
      await copyFile(path, leaving);
      let once: unknown;
      const { instances } = await readDataset({ path: leaving }, {}, () => {
        once ??= rm(leaving);
      });
      await once;
      assert.equal(instances[2]!.length, rows / 3);
    });
  });

  it('an open quote does not swallow the memory', async () => {
    const content = Buffer.alloc(80 * 2 ** 20, 'x,y\n');
    content.write('a,b\n1,"2\n');
    await assert.rejects(readDataset({ path: '/nowhere/data.csv', content }, {}), {
      code: 'bad-quotes',
      message: /^data\.csv, line 2: /,
    });
  });
});
