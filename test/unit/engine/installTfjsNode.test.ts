import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installTfjsNode } from '../../../src/engine/installTfjsNode.ts';
import { scratchFolder } from '../../workbench/folders.ts';
import { refusal } from '../refusal.ts';

/** An npm that writes down how it was called and then does as `body` says. POSIX only, as a shell's PATH finds it. */
function fakeNpm(folder: string, body: string): { env: NodeJS.ProcessEnv; calls: () => string[][] } {
  const bin = join(folder, 'bin');
  const said = join(folder, 'calls.jsonl');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'npm'),
    `#!/usr/bin/env node
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(said)}, JSON.stringify(args) + '\\n');
const addon = () => {
  fs.mkdirSync('node_modules/@tensorflow/tfjs-node/lib/napi-v8', { recursive: true });
  fs.writeFileSync('node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node', '');
};
${body}
`,
  );
  chmodSync(join(bin, 'npm'), 0o755);
  const env = { PATH: [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter) };
  const calls = () =>
    readFileSync(said, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { env, calls };
}

describe('installing tfjs-node', () => {
  before(function () {
    // On Windows npm is started through node itself.
    if (process.platform === 'win32') this.skip();
  });

  it('fetches the packages without scripts, then runs the one script, and says so', async () => {
    await using scratch = await scratchFolder('install');
    const folder = join(scratch.path, 'storage', 'tfjs-node');
    const npm = fakeNpm(
      scratch.path,
      `if (args[0] === 'rebuild') { addon(); console.log('a line of npm'); }`,
    );
    const steps: string[] = [];
    const lines: string[] = [];
    await installTfjsNode(folder, {
      env: npm.env,
      report: (what) => steps.push(what),
      log: (line) => lines.push(line),
    });
    const [install, rebuild, ...others] = npm.calls();
    assert.deepEqual(install!.slice(0, 3), ['install', '@tensorflow/tfjs-node@4.22.0', '--ignore-scripts']);
    assert.deepEqual(rebuild!.slice(0, 3), ['rebuild', '@tensorflow/tfjs-node', '--ignore-scripts=false']);
    assert.equal(others.length, 0);
    assert.equal(steps.length, 2);
    assert.ok(lines.includes('a line of npm'));
    assert.ok(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node')));
  });

  it('says in one sentence what a closed network refuses and what to do, and leaves nothing behind', async () => {
    await using scratch = await scratchFolder('install');
    const folder = join(scratch.path, 'tfjs-node');
    const npm = fakeNpm(
      scratch.path,
      `if (args[0] === 'rebuild') {
        console.error('npm error code 1\\nnpm error Error: getaddrinfo ENOTFOUND storage.example\\nnpm error at lookup');
        process.exit(1);
      }`,
    );
    await assert.rejects(
      installTfjsNode(folder, { env: npm.env, report: () => {}, log: () => {} }),
      refusal(
        'tfjs-node-install',
        /install script cannot fetch libtensorflow \(Error: getaddrinfo ENOTFOUND storage\.example\).*attribution\.tfjsNode\.path\.$/,
      ),
    );
    assert.ok(!existsSync(folder));
  });

  it('does not believe a script that ends well without the addon', async () => {
    await using scratch = await scratchFolder('install');
    const npm = fakeNpm(scratch.path, '');
    const run = installTfjsNode(join(scratch.path, 'it'), { env: npm.env, report: () => {}, log: () => {} });
    await assert.rejects(run, refusal('tfjs-node-install', /ended without making the native addon/));
  });

  it('says that npm is missing', async () => {
    await using scratch = await scratchFolder('install');
    const env = { PATH: scratch.path };
    const run = installTfjsNode(join(scratch.path, 'it'), { env, report: () => {}, log: () => {} });
    await assert.rejects(
      run,
      refusal('npm-missing', /npm does not start \(ENOENT\); install Node\.js with npm/),
    );
  });

  it('ends npm when cancelled and leaves nothing behind', async () => {
    await using scratch = await scratchFolder('install');
    const folder = join(scratch.path, 'tfjs-node');
    const npm = fakeNpm(scratch.path, `console.log('hanging'); setInterval(() => {}, 1000);`);
    const abort = new AbortController();
    const run = installTfjsNode(folder, {
      env: npm.env,
      signal: abort.signal,
      report: () => {},
      log: () => abort.abort(new Error('enough')),
    });
    await assert.rejects(run, /enough/);
    assert.ok(!existsSync(folder));
  });
});
