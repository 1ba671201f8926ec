import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { packages } from '../suites/packages.ts';
import { root, scratchFolder } from '../workbench/folders.ts';
import { nativeTarget } from '../workbench/nativeTarget.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const target = nativeTarget();

const allowed = [
  /^package(\.nls)?\.json$/,
  /^(readme|changelog)\.md$/i,
  /^LICENSE\.txt$/,
  /^dist\/(extension|engine|cli)\.cjs$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/webview\/((panel|glance)\.(js|css)|codicon\.ttf)$/,
  /^dist\/node_modules\/onnxruntime-(common|web|node)\//,
  /^dist\/node_modules\/@tensorflow\/tfjs-backend-wasm\/(package\.json|dist\/tfjs-backend-wasm-simd\.wasm)$/,
  /^dist\/node_modules\/@resvg\/resvg-wasm\/(package\.json|index_bg\.wasm)$/,
  /^dist\/node_modules\/@fontsource\/noto-sans\/(package\.json|unicode\.json|files\/[\w-]+\.woff2)$/,
  /^media\/(icon\.png|\w+\.svg|schema\/\w+\.schema\.json)$/,
  /^media\/walkthrough\/\w+\.png$/,
  /^media\/sample\/(?!make)/,
];

const required = [
  'package.json',
  'package.nls.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/extension.cjs',
  'dist/engine.cjs',
  'dist/cli.cjs',
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/webview/panel.js',
  'dist/webview/panel.css',
  'dist/webview/glance.js',
  'dist/webview/glance.css',
  'dist/webview/codicon.ttf',
  'dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'dist/node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  'dist/node_modules/@resvg/resvg-wasm/index_bg.wasm',
  'dist/node_modules/@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2',
  'media/icon.png',
  ...['openSample', 'explain', 'pickLayer', 'audit', 'edit'].map((step) => `media/walkthrough/${step}.png`),
  'media/schema/attribution.schema.json',
  'media/sample/attribution.json',
];

const kinds = [
  { name: 'universal', variable: 'ATTRIBUTION_LENS_VSIX', megabytes: 9, runtime: 'onnxruntime-web' },
  {
    name: target ?? 'native',
    variable: 'ATTRIBUTION_LENS_VSIX_NATIVE',
    megabytes: 27,
    runtime: target ? 'onnxruntime-node' : 'onnxruntime-web',
  },
] as const;

for (const { name, variable, megabytes, runtime } of kinds) {
  describe(`The ${name} .vsix`, () => {
    let files: Files;
    let bytes: Uint8Array;

    before(async function () {
      this.timeout(120_000);
      bytes = await readFile(process.env[variable] ?? (await packages())[variable]);
      files = contents(bytes);
    });

    it('holds what is needed and nothing else', () => {
      const names = [...files.keys()];
      assert.deepEqual(
        names.filter((file) => !allowed.some((pattern) => pattern.test(file))),
        [],
      );
      assert.deepEqual(
        required.filter((file) => !files.has(file)),
        [],
      );
      assert.deepEqual(
        names.filter((file) => /\.(map|tsbuildinfo)$|\.d\.ts$/.test(file)),
        [],
      );
    });

    it('has binaries of its own platform only', () => {
      const binaries = [...files.keys()].filter((file) => /\/bin\//.test(file));
      const own = runtime === 'onnxruntime-node' ? `/${process.platform}/${process.arch}/` : '/none/';
      assert.deepEqual(
        binaries.filter((file) => !file.includes(own)),
        [],
      );
      assert.equal(
        binaries.some((file) => file.endsWith('.node')),
        runtime === 'onnxruntime-node',
      );
    });

    it('names no folder of the machine it was packed on', () => {
      for (const [file, content] of files) {
        if (!/\.(cjs|js|mjs|css|json|md)$/.test(file)) continue;
        const text = Buffer.from(content).toString('utf8');
        for (const folder of [root, homedir()].filter((each) => each.length > 5)) {
          assert.ok(!text.includes(folder), `${file} contains ${folder}`);
        }
      }
    });

    it(`is smaller than ${megabytes} MB`, () => {
      assert.ok(bytes.length < megabytes * 1e6, `${(bytes.length / 1e6).toFixed(1)} MB`);
    });

    it(`explains and draws the sample with ${runtime}, far from any other node_modules`, async function () {
      this.timeout(60_000);
      await using scratch = await scratchFolder('vsix');
      for (const [file, content] of files) {
        await mkdir(dirname(join(scratch.path, file)), { recursive: true });
        await writeFile(join(scratch.path, file), content);
      }
      const { model, data } = sampleFiles(files);
      const sample = join(scratch.path, 'media/sample');
      const answer = execFileSync(
        process.execPath,
        [join(scratch.path, 'dist/cli.cjs'), 'explain', join(sample, model), join(sample, data)],
        { cwd: sample, encoding: 'utf8', maxBuffer: 64e6 },
      );
      const parsed = JSON.parse(answer);
      const [explanation] = Array.isArray(parsed) ? parsed : [parsed];
      assert.ok(explanation.probabilities.length >= 2);
      assert.ok(explanation.provenance.runtime.startsWith(`${runtime} `), explanation.provenance.runtime);
      const tfjs = execFileSync(
        process.execPath,
        [
          ...[join(scratch.path, 'dist/cli.cjs'), 'explain', join(sample, model), join(sample, data)],
          ...['--runtime', 'tfjs-wasm'],
        ],
        { cwd: sample, encoding: 'utf8', maxBuffer: 64e6 },
      );
      const [again] = [JSON.parse(tfjs)].flat();
      assert.match(again.provenance.runtime, /^tfjs-wasm /);
      assert.ok(Math.abs(again.logits[0] - explanation.logits[0]) < 1e-4, `${again.logits}`);
      const png = execFileSync(
        process.execPath,
        [
          join(scratch.path, 'dist/cli.cjs'),
          'explain',
          join(sample, model),
          join(sample, data),
          '--format',
          'png',
        ],
        { cwd: sample, maxBuffer: 64e6 },
      );
      assert.equal(png.toString('latin1', 0, 4), '\x89PNG');
    });
  });
}

/** The files of the extension by their path inside it. */
function contents(vsix: Uint8Array): Files {
  const entries = Object.entries(unzipSync(vsix)).filter(([name]) => name.startsWith('extension/'));
  return new Map(entries.map(([name, content]) => [name.slice('extension/'.length), content]));
}

/** Paths inside the sample workspace: the model its project file names, and the first CSV. */
function sampleFiles(files: Files): { model: string; data: string } {
  const inside = [...files.keys()].flatMap((file) =>
    file.startsWith('media/sample/') ? [file.slice(13)] : [],
  );
  const model = inside.find((file) => file.endsWith('.onnx'));
  const data =
    inside.find((file) => /walk.*\.csv$/.test(file)) ?? inside.find((file) => file.endsWith('.csv'));
  assert.ok(model && data, 'the sample has no model or no CSV');
  return { model, data };
}
