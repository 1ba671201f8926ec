import assert from 'node:assert/strict';
import { join } from 'node:path';
import { childEngine } from '../../../src/engine/childEngine.ts';
import { EngineClient } from '../../../src/engine/client.ts';
import { allowedToOpen, bytesAround, OPENING_SECONDS_VARIABLE } from '../../../src/engine/opening.ts';
import { bundled } from '../../workbench/bundled.ts';
import { root } from '../../workbench/folders.ts';
import { refusal } from '../refusal.ts';

const entry = bundled('test/unit/engine/fakeEngine.ts');

describe('What opening a model may take', function () {
  this.timeout(30_000);

  it('is bounded by its size; a person may allow more seconds, not fewer', () => {
    const before = process.env[OPENING_SECONDS_VARIABLE];
    const seconds = (asked: string, bytes: number) => {
      process.env[OPENING_SECONDS_VARIABLE] = asked;
      return allowedToOpen(bytes).seconds;
    };
    try {
      assert.ok(seconds('', 1e5) < 5);
      assert.ok(seconds('', 1e9) > seconds('', 1e6) && seconds('', 1e6) > seconds('', 1e5));
      assert.ok(seconds('1', 1e5) > 2);
      assert.equal(seconds('300', 1e5), 300);
      assert.ok(allowedToOpen(1e5).bytes < 1e9);
      assert.ok(allowedToOpen(1e9).bytes > 9e9);
    } finally {
      process.env[OPENING_SECONDS_VARIABLE] = before ?? '';
    }
  });

  it('counts the weights beside it before it is read', () => {
    assert.ok(bytesAround(join(root, 'test/fixtures/tfjs/fcn/model.json')) > 1000);
    assert.equal(bytesAround('/nowhere/model.onnx'), 0);
  });

  it('is watched by a thread that ends the process, and the next call has another one', async () => {
    const client = new EngineClient({ entry, log: () => {} });
    const ask = (data: string) => client.call('data', { data });
    const { path } = await ask('within bounds');
    assert.equal(path, `${client.pid}`);
    await assert.rejects(
      ask('compute without end'),
      refusal('engine-time', /took more computing time .* a larger attribution\.timeout allows more\.$/),
    );
    await assert.rejects(ask('fill memory'), refusal('engine-memory', /took more memory than/));
    assert.notEqual((await ask('anything')).path, path);
    client.dispose();
  });

  it('is said in words of the command line there', async () => {
    const engine = childEngine({ entry });
    await assert.rejects(
      engine.data({ data: 'compute without end' }),
      refusal('engine-time', /else --timeout SECONDS allows more\.$/),
    );
    await assert.rejects(
      engine.data({ data: 'die' }),
      refusal('engine-crashed', /^The work ended the runtime's process \(signal SIGKILL\): .*--runtime/),
    );
    await engine.dispose();
    const hasty = childEngine({ entry, timeoutSeconds: 1 });
    await assert.rejects(
      hasty.data({ data: 'spin' }),
      refusal(
        'engine-timeout',
        /no sign of progress for 1 s and was stopped; --timeout SECONDS gives it longer\.$/,
      ),
    );
    await hasty.dispose();
  });
});
