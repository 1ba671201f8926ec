import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { refusal } from '../../refusal.ts';
import { cleanUp, python, pythonNpz, run } from './scripts.ts';

async function refusalOf(done: Promise<unknown>): Promise<Refusal> {
  const error = await done.then(
    () => assert.fail('nothing was refused'),
    (reason) => reason,
  );
  assert.ok(error instanceof Refusal, String(error));
  assert.ok(!error.message.includes('\n'));
  return error;
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // A process that has ended and waits for its parent is no longer running.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('a linked script', function () {
  this.timeout(30_000);
  afterEach(cleanUp);

  describe('in Python', () => {
    if (!python) {
      console.warn('NOT RUN: linked scripts in Python, because no Python 3.8 or newer is here');
      return;
    }

    it('reads IN, writes OUT, in its own folder, without a shell', async () => {
      const { log, done } = run(
        'pre process; echo.py',
        `${pythonNpz}
import os
assert os.path.samefile(os.getcwd(), os.path.dirname(os.path.abspath(__file__)))
rows = open(sys.argv[1]).read().split()
print(rows[0]); print('warning', file=sys.stderr)
save(sys.argv[2], x=('<f4', (1, 2, 2), struct.pack('<4f', 1, 3, 2, 4)))`,
      );
      const arrays = readNpz(await done, 'out.npz');
      assert.deepEqual([...(arrays.get('x')!.data as Float32Array)], [1, 3, 2, 4]);
      assert.deepEqual(log.toSorted(), ['pre process; echo.py: a,b', 'pre process; echo.py: warning']);
    });

    it('is given content that is on no disk', async () => {
      const { log, done } = run('p.py', 'import sys; print(sys.argv[1][-6:], open(sys.argv[1]).read())', {
        data: { path: '/nowhere/my.csv', content: new TextEncoder().encode('hello') },
      });
      await assert.rejects(done, refusal('script-no-output', /^p\.py ended without writing the \.npz/));
      assert.deepEqual(log, ['p.py: my.csv hello']);
    });

    it('that raises is refused with its line, the innermost of its own', async () => {
      const text = 'import json\n\ndef pad(x):\n    return json.loads(x)\n\npad("no")\n';
      const error = await refusalOf(run('p.py', text).done);
      assert.equal(error.code, 'script-failed');
      assert.match(error.message, /^p\.py, line 4: json\.decoder\.JSONDecodeError: Expecting value/);
      assert.equal(error.place?.line, 4);
      assert.match(error.place!.file, /p\.py$/);
    });

    it('with a syntax error is refused with its line', async () => {
      const error = await refusalOf(run('p.py', 'x = 1\ny = = 2\n').done);
      assert.match(error.message, /^p\.py, line 2: SyntaxError/);
      assert.equal(error.place?.line, 2);
    });

    it('that leaves with a sentence is refused with that sentence', async () => {
      const error = await refusalOf(run('p.py', 'raise SystemExit("Too long.")').done);
      assert.equal(error.message, 'p.py ended with exit code 1: Too long.');
      assert.equal(error.place?.line, 1);
    });

    it('is ended with all it has started when the time is up', async () => {
      const pids: number[] = [];
      const text =
        'import subprocess, sys\nprint(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)\nwhile True: pass\n';
      const { log, done } = run('p.py', text, {
        timeoutMs: 2500,
        group: (pid, lives) => lives && pids.push(pid),
      });
      await assert.rejects(
        done,
        refusal('script-timeout', /longer than 2\.5 s; "attribution\.script\.timeout"/),
      );
      await sleep(200);
      const grandchild = Number(log[0]!.split(' ').at(-1));
      assert.deepEqual(
        [...pids, grandchild].map((pid) => pid > 0 && alive(pid)),
        [false, false],
      );
    });
  });

  it('that cannot be started names the interpreter and what to do', async () => {
    const { done } = run('p.py', '', { interpreter: '/no/such/python' });
    const error = await refusalOf(done);
    assert.equal(error.code, 'script-interpreter');
    assert.match(error.message, /\/no\/such\/python is not there; choose a Python interpreter or set/);
    assert.equal(error.place, undefined);
  });

  it('may be JavaScript by the same contract', async () => {
    const { done } = run(
      'p.mjs',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync(process.argv[3], process.argv[2]);",
    );
    assert.match(new TextDecoder().decode(await done), /in\.csv$/);
  });

  it('finds the telemetry of onnxruntime turned off', async () => {
    const { log, done } = run('p.mjs', 'console.log(process.env.ORT_DISABLE_TELEMETRY);');
    await assert.rejects(done, refusal('script-no-output', /without writing/));
    assert.deepEqual(log, ['p.mjs: 1']);
  });

  const given = [
    {
      ...{ id: 'one', label: 'up', features: ['a'], length: 2 },
      values: [Float64Array.of(1, 2)],
    },
  ];

  it('may export preprocess(instances), also from CommonJS and asynchronously', async () => {
    const body = `instances.map(({ id, length, values }) =>
      ({ id, length, mask: [1, 1, 0], values: values.map((row) => [...row.map((v) => v * 2), 0]) }))`;
    for (const [name, text] of [
      ['p.mjs', `export const preprocess = async (instances) => ${body};`],
      ['p.cjs', `exports.preprocess = (instances) => ${body};`],
    ] as const) {
      const arrays = readNpz(await run(name, text, { given }).done, 'out.npz');
      assert.deepEqual(arrays.get('x')!.dims, [1, 1, 3]);
      assert.deepEqual([...(arrays.get('x')!.data as Float32Array)], [2, 4, 0]);
      assert.deepEqual(Array.from(arrays.get('lengths')!.data as Float64Array), [2]);
      assert.deepEqual(Array.from(arrays.get('mask')!.data as Float64Array), [1, 1, 0]);
      assert.deepEqual(arrays.get('instance_ids')!.data, ['one']);
    }
  });

  it('in JavaScript that throws is refused with its line, a syntax error too', async () => {
    const thrown = await refusalOf(
      run('p.mjs', 'export function preprocess() {\n  const a = 1;\n  throw new TypeError("bad pad");\n}', {
        given,
      }).done,
    );
    assert.match(thrown.message, /^p\.mjs, line 3: TypeError: bad pad\.$/);
    assert.equal(thrown.place?.line, 3);
    const broken = await refusalOf(run('p.mjs', 'const a = 1;\nconst = 2;\n').done);
    assert.match(broken.message, /^p\.mjs, line 2: SyntaxError/);
  });

  for (const [what, result, words] of [
    ['nothing', 'undefined', /must return an array with one entry per instance/],
    ['numbers', '[1, 2]', /for instance 0, one array of numbers per feature/],
    ['ragged series', '[[[1, 2], [1]]]', /returned 1 step in feature 1 of instance 0/],
    [
      'another count of features',
      '[[[1]], [[1], [2]]]',
      /returned 2 features for instance 1 and 1 for the first/,
    ],
    ['texts', '[[["1"]]]', /no number at step 0 of feature 0 of instance 0 \(1\)/],
    ['empty series', '[[[]]]', /1 features × 0 steps, which is not read/],
    ['a mask of another length', '[{ values: [[1, 2]], mask: [1] }]', /no "mask" of 2 steps for instance 0/],
    ['half of the lengths', '[{ values: [[1]], length: 1 }, [[1]]]', /no "length" for instance 1/],
  ] as const) {
    it(`whose preprocess returns ${what} is refused`, async () => {
      const { done } = run('p.mjs', `export const preprocess = () => (${result});`, { given });
      await assert.rejects(done, refusal('script-result', words));
    });
  }

  it('is told why there are no instances', async () => {
    const { done } = run('p.mjs', 'export const preprocess = () => [];', {
      instances: async () => {
        throw new Refusal('ragged-row', 'Line 3 has too many cells.');
      },
    });
    await assert.rejects(done, refusal('ragged-row', /Line 3/));
  });

  it('that neither writes nor exports says both', async () => {
    const { done } = run('p.mjs', 'const a = 1;');
    await assert.rejects(done, refusal('script-no-output', /nor does it export a function preprocess/));
  });

  it('in TypeScript runs where Node strips types, and is refused in one sentence elsewhere', async () => {
    const { done } = run(
      'p.ts',
      'export const preprocess = (all: unknown[]): number[][][] => all.map(() => [[1]]);',
      {
        given,
      },
    );
    if ('typescript' in process.features && process.features.typescript) {
      assert.equal(readNpz(await done, 'out.npz').get('x')!.data.length, 1);
    } else {
      await assert.rejects(done, refusal('script-kind', /link a \.js, \.mjs or \.py script/));
    }
  });

  it('that prints for ever is stopped, and the log stays small', async () => {
    const { log, done } = run('p.mjs', 'for (;;) process.stdout.write("x".repeat(500) + "\\n");', {
      timeoutMs: 1500,
    });
    await assert.rejects(done, refusal('script-timeout', /stopped/));
    assert.ok(log.join('').length < 80_000, `${log.join('').length} characters`);
    assert.match(log.at(-1)!, /the rest is not shown/);
  });

  it('ends at once when it is cancelled, and leaves no folder behind', async () => {
    const abort = new AbortController();
    const pids: number[] = [];
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('attribution-script-')).length;
    const { done } = run('p.mjs', 'setInterval(() => {}, 1000);', {
      signal: abort.signal,
      group: (pid, lives) => lives && pids.push(pid),
    });
    // Where much else runs, a process takes its time to begin.
    while (pids.length === 0) await sleep(20);
    await sleep(100);
    const began = performance.now();
    abort.abort(new Refusal('cancelled', 'Cancelled.'));
    await assert.rejects(done, refusal('cancelled', /Cancelled/));
    assert.ok(performance.now() - began < 5000);
    await sleep(200);
    assert.deepEqual(pids.map(alive), [false]);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('attribution-script-')).length;
    assert.ok(after <= before, `${after} folders, ${before} before`);
    assert.ok(existsSync(join(tmpdir())));
  });
});
