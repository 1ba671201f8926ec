import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallOptions, EngineClient, EngineDefect } from '../../../src/engine/client.ts';
import { Refusal } from '../../../src/refusal.ts';
import { forkEngine } from '../../../src/start/forkEngine.ts';
import { bundled } from '../../workbench/bundled.ts';

const entry = bundled('test/unit/engine/fakeEngine.ts');

describe('engine client with a real child process', function () {
  this.timeout(30_000);
  let log: string[];
  let client: EngineClient;
  const ask = (data: string, options?: CallOptions) => client.call('data', { data }, options);
  const refusal = (code: string, sentence: RegExp) => (error: unknown) =>
    error instanceof Refusal && error.code === code && sentence.test(error.message);

  beforeEach(() => {
    log = [];
    client = new EngineClient({ entry, log: (line) => log.push(line) });
  });
  afterEach(() => client.dispose());

  it('starts nothing before the first call and keeps the child warm', async () => {
    assert.equal(client.pid, undefined);
    const first = await ask('anything');
    const second = await ask('anything');
    assert.equal(first.path, `${client.pid}`);
    assert.equal(second.path, first.path);
  });

  it('takes a child that was started before it, once, and one of its own where that is gone', async () => {
    const options = { entry, log: (line: string) => log.push(line) };
    const waiting = [forkEngine(options), forkEngine(options)];
    const [first, gone] = waiting.map(({ pid }) => `${pid}`);
    waiting[1]!.kill('SIGKILL');
    await once(waiting[1]!, 'exit');
    const taking = new EngineClient({ ...options, early: () => waiting.shift() });
    assert.equal((await taking.call('data', { data: 'anything' })).path, first);
    taking.renew();
    const { path } = await taking.call('data', { data: 'anything' });
    assert.ok(path === `${taking.pid}` && ![first, gone].includes(path));
    taking.dispose();
  });

  it('starts a child with new variables when told that they have changed, after the call that runs', async () => {
    let variable = 'first';
    client.dispose();
    const env = () => ({ ATTRIBUTION_TEST_VARIABLE: variable });
    client = new EngineClient({ entry, log: (line) => log.push(line), env });
    assert.deepEqual((await ask('variable')).features, ['first']);
    variable = 'second';
    const { pid } = client;
    const running = ask('slow');
    client.renew();
    assert.equal((await running).path, `${pid}`);
    assert.deepEqual((await ask('variable')).features, ['second']);
    assert.notEqual(client.pid, pid);
  });

  it('carries typed arrays', async () => {
    const answer = await client.call('data', { data: 'x', content: new Uint8Array(3_000_000) });
    assert.deepEqual(answer.features, ['3000000']);
  });

  it('carries a refusal with its sentence, and a defect to the log only', async () => {
    await assert.rejects(ask('refuse'), refusal('no-such-file', /^There is no such file\.$/));
    await assert.rejects(ask('defect'), (error) => error instanceof EngineDefect);
    assert.match(log.join('\n'), /TypeError: a mistake of ours\n\s+at /);
    await ask('anything');
  });

  it('logs what the child writes, line by line', async () => {
    await ask('chatter');
    const both = () => log.includes('a line on stdout') && log.includes('a line on stderr');
    for (const end = Date.now() + 10_000; !both(); await sleep(10))
      assert.ok(Date.now() < end, log.join('\n'));
  });

  it('rejects the call whose report throws, at once or later, and takes the next', async () => {
    const broken = new Error('broken report');
    const thrower = () => {
      throw broken;
    };
    await assert.rejects(ask('slow', { report: thrower }), broken);
    await assert.rejects(ask('slow', { report: async () => thrower() }), broken);
    assert.ok((await ask('anything')).path);
  });

  it('reports progress', async () => {
    const shares: number[] = [];
    await ask('slow', { report: (share) => shares.push(share) });
    assert.ok(shares.length >= 5, `${shares}`);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
  });

  it('cancels a busy loop: the caller is free at once, those who wait are served by the next child', async () => {
    await ask('warm up');
    const before = client.pid;
    const abort = new AbortController();
    const spinning = ask('spin', { signal: abort.signal, report: () => abort.abort() });
    const waiting = ask('anything');
    await assert.rejects(spinning, { name: 'AbortError' });
    const answer = await waiting;
    assert.notEqual(answer.path, `${before}`);
    assert.throws(() => process.kill(before as number, 0), 'the spinning child is gone');
  });

  it('spares the child when a cancelled call ends by itself, or never ran', async () => {
    // More than a loaded machine takes.
    client = new EngineClient({ entry, log: (line) => log.push(line), graceMs: 20_000 });
    await ask('warm up');
    const before = `${client.pid}`;
    const abort = new AbortController();
    const running = ask('short', { signal: abort.signal });
    const waiting = ask('spin', { signal: abort.signal });
    const last = ask('anything');
    abort.abort();
    await assert.rejects(running, { name: 'AbortError' });
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal((await last).path, before);
  });

  it('does not send a call whose signal is aborted already', async () => {
    await assert.rejects(ask('die', { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(client.pid, undefined);
  });

  it('ends a hung run after its time without a sign', async () => {
    await ask('warm up');
    await assert.rejects(
      ask('spin', { timeoutMs: 300 }),
      refusal('engine-timeout', /no sign for 0\.3 s and was restarted/),
    );
    await ask('anything');
  });

  it('does not count slow work with progress as hung', async () => {
    await ask('warm up');
    await ask('slow', { timeoutMs: 400 });
  });

  it('survives a crash: one sentence for that call, the waiting and the next work', async () => {
    await ask('warm up');
    const crashing = ask('die');
    const waiting = ask('anything');
    await assert.rejects(crashing, refusal('engine-crashed', /stopped unexpectedly \(signal SIGKILL\)/));
    await waiting;
    await ask('anything');
  });

  it('starts again in the background when it is killed while idle', async () => {
    const { path } = await ask('anything');
    process.kill(Number(path), 'SIGKILL');
    while (client.pid === Number(path)) {
      await sleep(10);
    }
    assert.notEqual((await ask('anything')).path, path);
  });

  it('does not loop when the child dies again and again', async () => {
    for (let times = 1; times <= 3; times++) {
      await assert.rejects(
        ask('die'),
        refusal('engine-crashed', times < 3 ? /try again/ : /3 times in a row/),
      );
    }
    assert.equal(client.pid, undefined);
    assert.equal(log.filter((line) => line.endsWith(': started')).length, 3);
    await ask('anything');
  });

  it('refuses when the engine cannot start at all', async () => {
    const broken = new EngineClient({ entry: '/nowhere/engine.cjs', log: (line) => log.push(line) });
    await assert.rejects(broken.call('data', { data: 'x' }), refusal('engine-crashed', /exit code 1/));
    assert.match(log.join('\n'), /Cannot find module/);
    broken.dispose();
  });

  it('refuses what is left when it is disposed, and everything after', async () => {
    const left = ask('spin');
    client.dispose();
    await assert.rejects(left, refusal('engine-closed', /closed/));
    await assert.rejects(ask('anything'), refusal('engine-closed', /closed/));
  });

  it('serves two clients side by side', async () => {
    const other = new EngineClient({ entry, log: () => {} });
    const [one, two] = await Promise.all([ask('anything'), other.call('data', { data: 'anything' })]);
    other.dispose();
    assert.notEqual(one.path, two.path);
  });

  it('ends with its parent even in a busy loop', async () => {
    // A parent that starts the engine, sets it spinning and is killed.
    const parent = fork(bundled('test/unit/engine/spinningParent.ts'), [entry]);
    const [message] = await once(parent, 'message');
    const engine = Number(message);
    process.kill(engine, 0);
    parent.kill('SIGKILL');
    for (let waited = 0; alive(engine); waited += 100) {
      assert.ok(waited < 10_000, 'the engine outlived its parent');
      await sleep(100);
    }
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
