import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { unzipSync } from 'fflate';
import { root } from './folders.ts';
import { librariesOf, nativeKind } from './nativeKind.ts';

/** The files of a package by their path inside it. */
export type PackedFiles = ReadonlyMap<string, Uint8Array>;

const allowed = [
  /^package(\.nls(\.de)?)?\.json$/,
  /^l10n\/bundle\.l10n\.de\.json$/,
  /^CITATION\.cff$/,
  /^(readme|changelog)\.md$/i,
  /^LICENSE\.txt$/,
  /^dist\/(extension|engine|service|cli|commands)\.cjs$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/webview\/((panel|glance)\.(js|css)|codicon\.ttf)$/,
  /^media\/(icon\.png|\w+\.svg|schema\/\w+\.schema\.json)$/,
  /^media\/walkthrough\/\w+\.png$/,
  /^media\/sample\/(?!make)/,
];

const runtimes = [
  /^dist\/node_modules\/onnxruntime-(common|web|node)\//,
  /^dist\/node_modules\/@tensorflow\/tfjs-backend-wasm\/(package\.json|dist\/tfjs-backend-wasm-simd\.wasm)$/,
  /^dist\/node_modules\/@resvg\/resvg-wasm\/(package\.json|index_bg\.wasm)$/,
  /^dist\/node_modules\/@fontsource\/noto-sans\/(package\.json|unicode\.json|files\/[\w-]+\.woff2)$/,
];

/** Whether a file is of what lies beside the bundles and runs them. */
export function isRuntimeFile(file: string): boolean {
  return runtimes.some((pattern) => pattern.test(file));
}

const required = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'l10n/bundle.l10n.de.json',
  'CITATION.cff',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/extension.cjs',
  'dist/engine.cjs',
  'dist/service.cjs',
  'dist/cli.cjs',
  'dist/commands.cjs',
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

/** Platforms that a package of their own is made for. */
export const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

/** Platforms that ONNX Runtime has no native code for: theirs runs models in WebAssembly, as the universal one. */
const WITHOUT_NATIVE = ['darwin-x64'];

/** Bytes as they are fetched: a third more than they were when this was written is a mistake. */
const most = (target: string | undefined) => (hasNative(target) ? 27e6 : 9e6);

/** What the native module is linked with, by platform. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: '/libonnxruntime.so.1',
  darwin: '/libonnxruntime.1.dylib',
  win32: '/onnxruntime.dll',
};

/** The files of the extension in a .vsix. */
export async function filesIn(vsix: string): Promise<{ files: PackedFiles; bytes: Uint8Array }> {
  const bytes = await readFile(vsix);
  const entries = Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('extension/'));
  return {
    bytes,
    files: new Map(entries.map(([name, content]) => [name.slice('extension/'.length), content])),
  };
}

/** Whether a package carries native code. @param target undefined: the universal one */
export function hasNative(target: string | undefined): boolean {
  return target !== undefined && !WITHOUT_NATIVE.includes(target);
}

/** What is wrong with a package, a line each; nothing where it is sound. @param target undefined: the universal one */
export function faultsOf(files: PackedFiles, bytes: Uint8Array, target: string | undefined): string[] {
  const names = [...files.keys()];
  const own = hasNative(target) ? `/${target!.replace('-', '/')}/` : '/none/';
  const binaries = names.filter((file) => /\/bin\//.test(file));
  const module = binaries.filter((file) => file.endsWith('.node'));
  return [
    ...names
      .filter((file) => !allowed.some((pattern) => pattern.test(file)) && !isRuntimeFile(file))
      .map((file) => `unexpected ${file}`),
    ...required.filter((file) => !files.has(file)).map((file) => `missing ${file}`),
    ...names
      .filter((file) => /\.(map|tsbuildinfo)$|\.d\.ts$/.test(file))
      .map((file) => `no use at run time: ${file}`),
    ...binaries.filter((file) => !file.includes(own)).map((file) => `of another platform: ${file}`),
    ...(module.length === (hasNative(target) ? 1 : 0) ? [] : [`${module.length} native modules`]),
    ...(hasNative(target) && !names.some((file) => file.endsWith(LIBRARIES[target!.split('-')[0]!]!))
      ? ['missing the library that its native module asks for']
      : []),
    ...foreignCode(files, hasNative(target) ? target : undefined),
    ...machinePaths(files),
    ...(bytes.length <= most(target) ? [] : [`${(bytes.length / 1e6).toFixed(1)} MB`]),
  ];
}

/** What Windows and the C++ runtime bring. */
const WINDOWS = /^(api-ms-win-[\w-]+|kernel32|setupapi|dbghelp|(msvcp|vcruntime)140\w*)\.dll$/i;

/** Native code of another platform than the package's, whatever it is called, and what of its own cannot be loaded. */
export function foreignCode(files: PackedFiles, target: string | undefined): string[] {
  const beside = new Set([...files.keys()].map((file) => file.split('/').at(-1)!.toLowerCase()));
  return [...files].flatMap(([file, content]) => {
    const kind = nativeKind(content);
    if (kind === undefined) return [];
    if (kind !== target) return [`native code of ${kind}: ${file}`];
    if (!kind.startsWith('win32')) return [];
    return librariesOf(content)
      .filter((name) => !WINDOWS.test(name) && !beside.has(name.toLowerCase()))
      .map((name) => `${file} cannot be loaded without ${name}`);
  });
}

/** Texts that name a folder of the machine they were packed on. */
export function machinePaths(files: PackedFiles): string[] {
  const folders = [root, homedir()].filter((folder) => folder.length > 1).map((folder) => folder + sep);
  return [...files].flatMap(([file, content]) => {
    if (!/\.(cjs|js|mjs|css|json|md|ts|txt)$/.test(file)) return [];
    const text = Buffer.from(content).toString('utf8');
    return folders.filter((folder) => text.includes(folder)).map((folder) => `${file} names ${folder}`);
  });
}
