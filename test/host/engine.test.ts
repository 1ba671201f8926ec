import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { put, scratch, tinyFixture } from './support/files.ts';
import { explain, holds, lens, pictureOf, refusalOf, run, until } from './support/lens.ts';

const settings = () => vscode.workspace.getConfiguration('attribution');
const set = (name: string, value: unknown) =>
  settings().update(name, value, vscode.ConfigurationTarget.Workspace);

/** Halts the engine as a run that never ends would: it answers nothing and can only be killed. */
async function halt(): Promise<number> {
  const pid = (await lens()).engine.client.pid!;
  process.kill(pid, 'SIGSTOP');
  return pid;
}

describe('The engine', () => {
  beforeEach(async () => {
    pictureOf(await explain(join(scratch(), 'long.csv')));
  });

  it('may crash between requests without anybody noticing', async () => {
    const { engine } = await lens();
    const pid = engine.client.pid!;
    process.kill(pid, 'SIGKILL');
    assert.ok(await holds(() => engine.client.pid !== pid));
    assert.equal(pictureOf(await run('nextInstance')).instance.index, 1);
    assert.notEqual(engine.client.pid, pid);
  });

  it('may crash at work: one sentence, and the next request is answered', async () => {
    const pid = await halt();
    const refused = run('pickLayer', 'conv2dblock');
    await until(({ activity }) => activity.kind === 'busy', 'at work');
    process.kill(pid, 'SIGKILL');
    const { code, sentence } = refusalOf(await refused);
    assert.equal(code, 'engine-crashed');
    assert.doesNotMatch(sentence, /\n|\bat .*:\d+/, 'no stack');
    assert.equal(pictureOf(await run('pickLayer', 'conv2dblock')).layer.name, 'conv2dblock');
  });

  it('is cut off when it hangs, and the next request is answered', async () => {
    await set('timeout', 1);
    try {
      await halt();
      assert.equal(refusalOf(await run('pickLayer', 'conv2dblock')).code, 'engine-timeout');
    } finally {
      await set('timeout', undefined);
    }
    assert.equal(pictureOf(await run('pickLayer', 'conv2dblock')).layer.name, 'conv2dblock');
  });

  it('is started anew with the time that a larger setting allows for opening a model', async function () {
    if (process.platform !== 'linux') this.skip();
    const allowed = async () => {
      pictureOf(await run('pickLayer', 'conv2dblock'));
      const { pid } = (await lens()).engine.client;
      return /ATTRIBUTION_OPENING_SECONDS=(\d+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
    };
    assert.equal(await allowed(), undefined);
    await set('timeout', 300);
    try {
      assert.equal(await allowed(), '300');
    } finally {
      await set('timeout', undefined);
    }
    assert.equal(await allowed(), undefined);
  });

  it('is stopped by Cancel; the picture stays and the next request is answered', async () => {
    const { session } = await lens();
    const before = session.state.explanation;
    await halt();
    const cancelled = run('pickLayer', 'conv2dblock');
    await until(({ activity }) => activity.kind === 'busy', 'busy');
    await vscode.commands.executeCommand('attribution.cancel');
    await cancelled;
    assert.equal(session.state.explanation, before);
    assert.equal(session.state.activity.kind, 'idle');
    assert.equal(pictureOf(await run('pickLayer', 'conv2dblock')).layer.name, 'conv2dblock');
  });

  it('is stopped by Cancel while it reads a large file, which it says; the next request is answered', async () => {
    const [names, ...rows] = readFileSync(tinyFixture('long.csv'), 'utf8').trimEnd().split('\n');
    const folder = scratch();
    const block = Array.from({ length: 100 }, (_, b) => rows.map((row) => `N.${b}.${row}\n`).join('')).join(
      '',
    );
    const blocks = Array.from({ length: Math.ceil(6e7 / block.length) }, (_, k) =>
      block.replaceAll('N', `${k}`),
    );
    const large = put(folder, 'large.csv', `${names}\n${blocks.join('')}`);
    const reading = explain(large);
    const { activity } = await until(
      (state) =>
        state.activity.kind === 'busy' && /Reading large\.csv, \d+ of \d+ MB/.test(state.activity.what),
      'reading, with how far it is',
    );
    assert.ok(activity.kind === 'busy' && activity.share! < 1);
    await vscode.commands.executeCommand('attribution.cancel');
    assert.equal(refusalOf(await reading).code, 'cancelled');
    pictureOf(await explain(join(folder, 'long.csv')));
  });
});

describe('The runtime', () => {
  after(() => set('runtime', undefined));

  it('changes with the setting, without a reload', async () => {
    pictureOf(await explain(join(scratch(), 'single.csv')));
    await set('runtime', 'onnxruntime-web');
    await until(({ explanation }) => /onnxruntime-web/.test(explanation?.provenance.runtime ?? ''), 'wasm');
    await set('runtime', 'auto');
    const { runtime } = await until(({ activity }) => activity.kind === 'idle', 'idle');
    assert.ok(runtime);
  });
});
