import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { foreignCode, isRuntimeFile, machinePaths, type PackedFiles } from './packageRules.ts';

const allowed = [
  /^(package\.json|LICENSE|CITATION\.cff|README\.md)$/,
  /^dist\/(api|cli|commands|engine|service)\.cjs$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/types\/[\w/]+\.d\.ts$/,
];

const required = [
  ...['package.json', 'LICENSE', 'CITATION.cff', 'README.md'],
  ...['api', 'cli', 'commands', 'engine', 'service'].map((name) => `dist/${name}.cjs`),
  ...['dist/THIRD-PARTY-LICENSES.txt', 'dist/types/api.d.ts'],
  'dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'dist/node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  'dist/node_modules/@resvg/resvg-wasm/index_bg.wasm',
];

/** Bytes as they are fetched. */
const MOST = 8e6;

/** The files of a tarball as npm packs it, by their path below `package/`. */
export async function filesInTarball(path: string): Promise<{ files: PackedFiles; bytes: Uint8Array }> {
  const bytes = await readFile(path);
  const tar = gunzipSync(bytes);
  const files = new Map<string, Uint8Array>();
  // A block of 512 bytes of name and size, then the file, filled up to blocks: POSIX ustar.
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, to: number) => tar.toString('utf8', at + from, at + to).replace(/\0.*$/s, '');
    const name = [text(345, 500), text(0, 100)].filter((part) => part !== '').join('/');
    const size = Number.parseInt(text(124, 136), 8);
    files.set(name.replace(/^package\//, ''), tar.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return { files, bytes };
}

/** What is wrong with the package for npm, a line each; nothing where it is sound. */
export function npmFaultsOf(files: PackedFiles, bytes: Uint8Array): string[] {
  const names = [...files.keys()];
  const known = (file: string) => allowed.some((pattern) => pattern.test(file)) || isRuntimeFile(file);
  return [
    ...names.filter((file) => !known(file)).map((file) => `unexpected ${file}`),
    ...names.filter((file) => file.includes('/onnxruntime-node/')).map((file) => `npm fetches it: ${file}`),
    ...required.filter((file) => !files.has(file)).map((file) => `missing ${file}`),
    ...foreignCode(files, undefined),
    ...machinePaths(files),
    ...(bytes.length <= MOST ? [] : [`${(bytes.length / 1e6).toFixed(1)} MB`]),
  ];
}
