import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineClient } from '../../../src/engine/client.ts';
import type { RuntimeId } from '../../../src/graph/runtime.ts';
import { TFJS_NODE_VARIABLE } from '../../../src/runtime/tfjs/findTfjsNode.ts';
import { openNativeTfjsNode, TEST_VARIABLE } from '../../native/openTfjsNode.ts';
import { bundled } from '../../workbench/bundled.ts';
import { root } from '../../workbench/folders.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tiny = (name: string) => path(`../../fixtures/tiny/${name}`);
const question = { model: tiny('tiny.onnx'), data: tiny('long.csv'), project: tiny('attribution.json') };

/** Telemetry that is on was seen to open its first socket after nine. */
const WATCHED_SECONDS = 30;

/** Where one of these is set the library is silent by itself, so that there would be nothing to see. */
const SILENCING = [
  ...['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'TRAVIS', 'JENKINS_URL', 'APPVEYOR', 'CIRCLECI'],
  ...['TEAMCITY_VERSION', 'CODEBUILD_BUILD_ID'],
];

/** Folders of its own for everything a program may think of as its user's. */
class Home {
  readonly root = mkdtempSync(join(tmpdir(), 'attribution-privacy-'));
  readonly env: Record<string, string>;

  constructor() {
    const at = (name: string) => {
      const folder = join(this.root, name);
      mkdirSync(folder);
      return folder;
    };
    const tmp = at('tmp');
    const home = at('home');
    this.env = {
      ...{ HOME: home, USERPROFILE: home, LOCALAPPDATA: at('local'), APPDATA: at('roaming') },
      ...{ XDG_CACHE_HOME: at('cache'), XDG_DATA_HOME: at('data'), XDG_CONFIG_HOME: at('config') },
      ...{ XDG_STATE_HOME: at('state'), TMPDIR: tmp, TMP: tmp, TEMP: tmp },
      // What a user may have set does not turn it on.
      ORT_DISABLE_TELEMETRY: '0',
    };
  }

  files(): string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

describe('nothing leaves the machine', function () {
  this.timeout(120_000);
  let home: Home;
  const set = new Map<string, string>();
  before(() => {
    for (const name of SILENCING) {
      const value = process.env[name];
      if (value !== undefined) set.set(name, value);
      delete process.env[name];
    }
  });
  after(() => {
    for (const [name, value] of set) process.env[name] = value;
  });
  beforeEach(() => {
    home = new Home();
  });
  afterEach(() => home.remove());

  /** What a program of ours wrote to standard output. */
  function run(words: readonly string[], more: NodeJS.ProcessEnv = {}, at = home): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...words], {
        cwd: root,
        env: { ...process.env, ...at.env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { out: '', err: '' };
      child.stdout.on('data', (text) => {
        said.out += text;
      });
      child.stderr.on('data', (text) => {
        said.err += text;
      });
      child.on('error', reject);
      child.on('close', (code) => (code === 0 ? resolve(said.out) : reject(new Error(said.err))));
    });
  }
  const network = async (...words: string[]): Promise<string[]> =>
    JSON.parse(await run([bundled('test/unit/privacy/child.ts'), ...words]));

  describe('the check itself', () => {
    before(function () {
      if (process.platform !== 'linux') this.skip();
    });

    it('finds the files of a telemetry that is on', async () => {
      await run([bundled('test/unit/privacy/child.ts'), 'loud']);
      assert.ok(home.files().includes('deviceid'), home.files().join());
      assert.ok(home.files().includes('onnxruntime.db'), home.files().join());
    });

    it('sees a socket of native code, a name asked for, an address fetched', async () => {
      assert.match((await network('talk')).join(), /^udp/);
      assert.deepEqual(await network('ask'), ['dns.lookup', 'fetch http://example.invalid']);
    });
  });

  describe('for half a minute', () => {
    const runtimes = ['onnxruntime-node', 'onnxruntime-web', 'tfjs-wasm'] satisfies RuntimeId[];
    const watched = new Map<RuntimeId, { readonly at: Home; readonly sockets: Promise<string> }>();
    // Beside each other, so that the time is spent once.
    before(() => {
      for (const runtime of runtimes) {
        const at = new Home();
        const words = [bundled('test/unit/privacy/child.ts'), 'work', runtime, `${WATCHED_SECONDS}`];
        const sockets = run(words, {}, at);
        sockets.catch(() => {});
        watched.set(runtime, { at, sockets });
      }
    });
    after(() => {
      for (const { at } of watched.values()) at.remove();
    });

    for (const runtime of runtimes) {
      it(`${runtime}: explain and audit leave no file and open no socket`, async () => {
        const { at, sockets } = watched.get(runtime)!;
        assert.equal(await sockets, '[]');
        assert.deepEqual(at.files(), []);
      });
    }
  });

  it('tfjs-node: explain and audit leave no file and open no socket', async function () {
    await openNativeTfjsNode(this);
    const env = { [TFJS_NODE_VARIABLE]: process.env[TEST_VARIABLE]! };
    assert.equal(await run([bundled('test/unit/privacy/child.ts'), 'work', 'tfjs-node'], env), '[]');
    assert.deepEqual(home.files(), []);
  });

  it('the engine’s child leaves no file', async () => {
    const client = new EngineClient({
      entry: bundled('src/engine/main.ts'),
      log: () => {},
      env: () => home.env,
    });
    await client.call('explain', question);
    await client.call('audit', question);
    client.dispose();
    assert.deepEqual(home.files(), []);
  });

  it('the command line leaves no file', async () => {
    const words = (command: string) => [bundled('src/cli.ts'), command, question.model, question.data];
    await Promise.all([run(words('explain')), run(words('audit'))]);
    assert.deepEqual(home.files(), []);
  });
});
