import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { EngineClient } from '../../../src/engine/client.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { float32, tensor } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { bundled } from '../../workbench/bundled.ts';
import { cleanUp, folderWith } from '../preprocess/script/scripts.ts';
import { refusal } from '../refusal.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const script = readFileSync(fixture('scripts/tiny.mjs'), 'utf8');
const reference = JSON.parse(readFileSync(fixture('tiny/reference.json'), 'utf8'));

/** A folder with the tiny model whose attribution.json links the script. */
function scripted(text: string, name = 'preprocess.mjs'): { folder: string; question: ExplainRequest } {
  const given = JSON.parse(readFileSync(fixture('tiny/attribution.json'), 'utf8'));
  const folder = folderWith({
    [name]: text,
    'attribution.json': JSON.stringify({ ...given, preprocess: { script: name } }),
  });
  for (const file of ['tiny.onnx', 'long.csv']) cpSync(fixture(`tiny/${file}`), join(folder, file));
  const at = (file: string) => join(folder, file);
  const run = { script: at(name), interpreter: 'python3', timeoutMs: 20_000 };
  return {
    folder,
    question: { model: at('tiny.onnx'), data: at('long.csv'), project: at('attribution.json'), run },
  };
}

/** A script that writes these bytes, whatever it is given. */
const writes = (bytes: Uint8Array) =>
  `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[3], Buffer.from('${Buffer.from(bytes).toString('base64')}', 'base64'));`;

describe('the engine with a linked script', function () {
  this.timeout(30_000);
  let engine: LocalEngine;
  let log: string[];
  beforeEach(() => {
    log = [];
    engine = createEngine({ log: (line) => log.push(line) });
  });
  afterEach(async () => {
    await engine.dispose();
    cleanUp();
  });

  it('gives the numbers PyTorch gives, in the rows of the file', async () => {
    const { question } = scripted(script);
    const plain = { model: question.model, data: question.data, project: fixture('tiny/attribution.json') };
    for (const instance of [0, 2]) {
      const picture = await engine.explain({ ...question, instance });
      const { case: id, logits, label, length } = reference.instances[instance];
      assert.equal(picture.instance.id, id);
      assert.equal(picture.instance.label, label);
      assert.equal(picture.padding.length, length);
      assert.equal(picture.padding.origin, 'auto: array lengths in the output of preprocess.mjs');
      assert.ok(relativeDifference(picture.prediction.logits, logits) < 1e-4);
      const withSteps = await engine.explain({ ...plain, instance });
      assert.deepEqual(picture.instance.lines, withSteps.instance.lines);
      assert.deepEqual(picture.padding.mask, withSteps.padding.mask);
    }
    const data = await engine.data(question);
    assert.deepEqual(
      data.instances.map(({ lines }) => lines),
      (await engine.data(plain)).instances.map(({ lines }) => lines),
    );
  });

  it('runs it once for the same script and data, again when either changes or it is asked to', async () => {
    const { question, folder } = scripted(`console.log('ran');\n${script}`);
    const runs = () => log.filter((line) => line === 'preprocess.mjs: ran').length;
    await engine.data(question);
    const first = await engine.explain(question);
    await engine.explain({ ...question, instance: 1 });
    assert.equal(runs(), 1);
    writeFileSync(join(folder, 'preprocess.mjs'), `console.log('ran');\n${script}\n`);
    const second = await engine.explain(question);
    assert.equal(runs(), 2);
    assert.notEqual(first.provenance.preprocess, second.provenance.preprocess);
    await engine.explain({ ...question, content: readFileSync(question.data).subarray(0, -1) });
    assert.equal(runs(), 3);
    await engine.explain({ ...question, run: { ...question.run!, again: 1 } });
    assert.equal(runs(), 4);
  });

  it('does not run it without leave', async () => {
    const { question } = scripted(script);
    await assert.rejects(
      engine.explain({ ...question, run: undefined }),
      refusal('script-not-run', /links preprocess\.mjs, which runs in the editor only/),
    );
    assert.equal((await engine.data({ ...question, run: undefined })).layout, 'long');
    assert.deepEqual(log, []);
  });

  it('audits what the script has prepared', async () => {
    const { question } = scripted(script);
    const audit = await engine.audit(question);
    assert.equal(audit.instances.length, reference.instances.length);
    assert.equal(audit.padSide, 'end');
  });

  it('shows no rows where the real steps are not those of the file, and says so', async () => {
    const { question } = scripted(script.replace('    length,\n    values', '    values'));
    const picture = await engine.explain(question);
    assert.ok(picture.instance.lines.every((line) => line === 0));
    assert.ok(picture.findings.some(({ code }) => code === 'script-rows-unknown'));
  });

  const x = (dims: readonly number[]) =>
    float32(dims, new Float32Array(dims.reduce((product, dim) => product * dim, 1)));
  const ones = { lengths: tensor('int32', [2], Int32Array.of(99, 1)) };
  for (const [what, bytes, code, words] of [
    [
      'garbage',
      new TextEncoder().encode('hello'),
      'script-output',
      /^The output of preprocess\.mjs is neither a \.npz/,
    ],
    ['half a zip', writeNpz({ x: x([2, 4, 24]) }).subarray(0, 100), 'script-output', /corrupt or truncated/],
    ['no x', writeNpz({ a: x([1]), b: x([1]) }), 'script-output', /has no array "x"/],
    [
      'another length',
      writeNpz({ x: x([2, 4, 20]) }),
      'script-shape',
      /2 instances of 4 features × 20 steps; the model takes 4 features × 24 steps/,
    ],
    [
      'double precision',
      writeNpz({ x: tensor('float64', [1, 4, 24], new Float64Array(96)) }),
      'script-dtype',
      /another type than float32/,
    ],
    ['wrong lengths', writeNpz({ x: x([2, 4, 24]), ...ones }), 'script-output', /lengths\[0\] is 99/],
    [
      'NaN',
      writeNpz({ x: float32([1, 4, 24], new Float32Array(96).fill(Number.NaN)) }),
      'script-output',
      /NaN/,
    ],
  ] as const) {
    it(`refuses a script that writes ${what}, at its first line`, async () => {
      const { question } = scripted(writes(bytes));
      await assert.rejects(engine.explain(question), (error) => {
        assert.ok(refusal(code, words)(error));
        assert.equal((error as Refusal).place?.line, 1);
        return true;
      });
    });
  }

  it('names a script that is not there', async () => {
    const { question, folder } = scripted(script);
    const run = { ...question.run!, script: join(folder, 'gone.py') };
    await assert.rejects(
      engine.explain({ ...question, run }),
      refusal('file-missing', /^gone\.py does not exist\.$/),
    );
  });

  describe('in a process of its own', () => {
    const entry = bundled('src/engine/main.ts');
    let client: EngineClient;
    beforeEach(() => {
      client = new EngineClient({ entry, log: (line) => log.push(line) });
    });
    afterEach(() => client.dispose());

    const endless = "console.log('pid', process.pid);\nsetInterval(() => {}, 1000);";
    const pidOf = async () => {
      for (let wait = 0; wait < 200; wait++) {
        const line = log.find((text) => text.includes('mjs: pid'));
        if (line) return Number(line.split(' ').at(-1));
        await sleep(50);
      }
      return assert.fail(`the script did not start: ${log.join('\n')}`);
    };
    const gone = async (pid: number) => {
      for (let wait = 0; wait < 100; wait++) {
        try {
          process.kill(pid, 0);
        } catch {
          return true;
        }
        await sleep(50);
      }
      return false;
    };

    it('carries the line of the error and the output of the script', async () => {
      const { question, folder } = scripted("console.error('hello');\nthrow new Error('no');");
      await assert.rejects(client.call('data', question), (error) => {
        assert.ok(error instanceof Refusal);
        assert.deepEqual(error.place, {
          file: join(folder, 'preprocess.mjs'),
          line: 2,
          message: 'Error: no',
        });
        return true;
      });
      assert.ok(log.includes('preprocess.mjs: hello'), log.join('\n'));
    });

    it('ends the script when the call is cancelled, and stays warm', async () => {
      const { question } = scripted(endless);
      const abort = new AbortController();
      const call = client.call('data', question, { signal: abort.signal });
      const pid = await pidOf();
      const engineBefore = client.pid;
      abort.abort(new Refusal('cancelled', 'Cancelled.'));
      await assert.rejects(call, refusal('cancelled', /Cancelled/));
      assert.ok(await gone(pid), 'the script runs on');
      await client.call('data', { data: question.data });
      assert.equal(client.pid, engineBefore);
    });

    for (const [what, end] of [
      ['is closed', () => client.dispose()],
      ['dies', () => process.kill(client.pid!, 'SIGKILL')],
    ] as const) {
      it(`ends the script when the engine ${what}`, async () => {
        const { question } = scripted(endless);
        const call = client.call('data', question).catch((error) => error);
        const pid = await pidOf();
        end();
        assert.ok((await call) instanceof Refusal);
        assert.ok(await gone(pid), 'the script runs on');
      });
    }
  });
});
