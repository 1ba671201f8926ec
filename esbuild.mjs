import { readdirSync, statSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { bundledPackages, licenses } from './licenses.mjs';

/**
 * node esbuild.mjs                        bundles with source maps
 *   --watch                               and again on every change
 *   --production [--target linux-x64]     minified, with the ONNX runtimes beside them: what the .vsix carries
 *     --keep-bundles                      lays other runtimes beside the bundles that are there
 *   --if-needed                           does nothing when the bundles are newer than their sources
 */
const { values: args } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    'if-needed': { type: 'boolean', default: false },
    'keep-bundles': { type: 'boolean', default: false },
    target: { type: 'string' },
  },
});

const root = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(root, ...parts);
/** Packages that the bundles hold code of. */
const bundledList = at('dist/bundled.json');
const runtimes = ['onnxruntime-common', 'onnxruntime-web', 'onnxruntime-node'];
// Asked for only where there is no fetch, which Node has; the runtimes load from the file system anyway.
const neverLoaded = ['node-fetch'];

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: args.production,
  sourcemap: !args.production,
  metafile: true,
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  // The UMD form of jsonc-parser, its `main`, cannot be bundled.
  mainFields: ['module', 'main'],
  target: 'node20',
  format: 'cjs',
  external: ['vscode', ...runtimes, ...neverLoaded],
  // The runtimes are required: Node's loader of ES modules takes 20 ms to start, and kept code has none.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'bundleUrl' },
};
const bundleUrl = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

const bundles = [
  // One build: what they share is parsed once.
  {
    ...node,
    entryPoints: {
      ...{ extension: 'src/extension.ts', api: 'src/api.ts' },
      // What cli.cjs and engine.cjs load, by the machine code that is kept of it.
      ...{ commands: 'src/cli.ts', service: 'src/engine/main.ts' },
      ...{ cli: 'src/start/cli.ts', engine: 'src/start/engine.ts' },
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    banner: { js: bundleUrl },
  },
  {
    ...common,
    entryPoints: { panel: 'webview/panel.ts', glance: 'webview/glance.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    loader: { '.ttf': 'file', '.woff2': 'file' },
    assetNames: '[name]',
  },
];

/** Announces when all bundles stand; .vscode/tasks.json waits for these lines before F5 starts the window. */
async function watch() {
  let building = bundles.length;
  const announced = (isFirst) => ({
    name: 'announced',
    setup(build) {
      build.onStart(() => {
        if (!isFirst && ++building === 1) console.log('[watch] build started');
        isFirst = false;
      });
      build.onEnd(() => {
        if (--building === 0) console.log('[watch] build finished');
      });
    },
  });
  console.log('[watch] build started');
  for (const bundle of bundles) await (await context({ ...bundle, plugins: [announced(true)] })).watch();
}

/** Files of the runtimes that are needed at run time, relative to their package. */
function runtimeFiles(target) {
  const files = {
    // Its JavaScript is bundled; the rest is looked up beside the bundle, as is the font, by scripts.
    '@resvg/resvg-wasm': ['package.json', 'index_bg.wasm'],
    '@fontsource/noto-sans': [
      'package.json',
      'unicode.json',
      ...readdirSync(at('node_modules/@fontsource/noto-sans/files'))
        .filter((file) => /-(400|700)-normal\.woff2$/.test(file))
        .map((file) => join('files', file)),
    ],
    'onnxruntime-common': ['package.json', 'dist/cjs', 'dist/esm'],
    // The wasm-only build: the WebGPU and WebGL ones (125 MB) need a browser.
    'onnxruntime-web': [
      'package.json',
      'dist/ort.node.min.js',
      'dist/ort.node.min.mjs',
      'dist/ort-wasm-simd-threaded.mjs',
      'dist/ort-wasm-simd-threaded.wasm',
    ],
    // Its JavaScript is in the bundles; under Node it runs on one thread, and every Node has SIMD.
    '@tensorflow/tfjs-backend-wasm': ['package.json', 'dist/tfjs-backend-wasm-simd.wasm'],
  };
  if (!target) return files;
  const binary = nativeBinary(target);
  if (binary) files['onnxruntime-node'] = ['package.json', binary];
  else console.log(`onnxruntime-node has no binary for ${target}: this package runs models with wasm.`);
  return files;
}

function nativeBinary(target) {
  const bin = at('node_modules/onnxruntime-node/bin');
  const folders = readdirSync(bin).map((napi) => join('bin', napi, ...target.split('-')));
  return folders.find((folder) =>
    statSync(at('node_modules/onnxruntime-node', folder), quiet)?.isDirectory(),
  );
}

const quiet = { throwIfNoEntry: false };

/**
 * On macOS the library lies there twice; the module asks for the one without the whole version. On Windows the library
 * loads DirectML when that is asked to compute, and the other two when WebGPU is, which we never do; they have licences
 * of their own, whose text is not with them.
 */
const notPassedOn =
  /\.(map|d\.ts)$|libonnxruntime\.\d+\.\d+\.\d+\.dylib$|[\\/](DirectML|dxcompiler|dxil)\.dll$/;

async function copyRuntimes(target) {
  for (const [name, files] of Object.entries(runtimeFiles(target))) {
    for (const file of files) {
      await mkdir(at('dist/node_modules', name), { recursive: true });
      await cp(at('node_modules', name, file), at('dist/node_modules', name, file), {
        recursive: true,
        filter: (source) => !notPassedOn.test(source),
      });
    }
  }
}

/** The native runtime's own JavaScript in one file beside its binary: looking for twenty takes twice as long as its start. */
async function bundleNative() {
  const script = 'node_modules/onnxruntime-node/dist/index.js';
  const { platform, target } = node;
  await build({
    ...{ ...common, platform, target, format: 'cjs' },
    ...{ entryPoints: [script], outfile: at('dist', script), external: ['../bin/*'] },
  });
}

/** What a package needs beside the bundles: the runtimes, and the licences of all that is passed on. */
async function completePackage(packages) {
  await copyRuntimes(args.target);
  if (args.target && nativeBinary(args.target)) await bundleNative();
  const bundled = packages.map((folder) => at(folder));
  const copied = Object.keys(runtimeFiles(args.target)).map((name) => at('node_modules', name));
  await writeFile(at('dist/THIRD-PARTY-LICENSES.txt'), await licenses([...bundled, ...copied]));
}

function upToDate() {
  const changed = (path) => statSync(at(path), quiet)?.mtimeMs;
  const built = ['extension.cjs', 'service.cjs', 'commands.cjs', 'webview/panel.js', 'webview/glance.js'].map(
    (name) => changed(`dist/${name}`),
  );
  const sources = ['src', 'webview'].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true }).map((file) => join(folder, file)),
  );
  const newest = Math.max(...[...sources, 'esbuild.mjs', 'package-lock.json'].map(changed));
  return Math.min(...built.map((time) => time ?? 0)) > newest;
}

if (args.watch) {
  await watch();
} else if (args['keep-bundles']) {
  await rm(at('dist/node_modules'), { recursive: true, force: true, maxRetries: 5 });
  await completePackage(JSON.parse(await readFile(bundledList, 'utf8')));
} else if (!args['if-needed'] || !upToDate()) {
  // A development bundle finds the runtimes in ./node_modules; old copies in dist/ would come first.
  await rm(at(args.production ? 'dist' : 'dist/node_modules'), {
    recursive: true,
    force: true,
    maxRetries: 5,
  });
  // One broken bundle does not keep the others from being built; esbuild has printed its errors.
  const results = await Promise.allSettled(bundles.map((bundle) => build(bundle)));
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
  if (args.production && !process.exitCode) {
    const packages = results.flatMap(({ value }) => bundledPackages(value.metafile));
    await writeFile(bundledList, JSON.stringify([...new Set(packages)]));
    await completePackage(packages);
  }
}
