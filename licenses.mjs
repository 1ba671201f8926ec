import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages whose code is passed on, as text.
 * @param {Iterable<string>} packages folders of packages, absolute
 * @throws where one of them has no text
 */
export async function licenses(packages) {
  const texts = await Promise.all([...new Set(packages)].sort().map(license));
  return `Attribution Lens contains code of these packages.\n\n${texts.join('\n')}`;
}

async function license(folder) {
  const facts = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, license, repository } = facts;
  const file = (await readdir(folder)).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const text = (file && (await readFile(join(folder, file), 'utf8')).trim()) || (await known(folder, facts));
  const inside = await noticesOf(folder, facts);
  const notices = inside ? `\n${inside}\n` : '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license}) ${address}\n${notices}\n${text}\n`;
}

/** Some packages name their licence and leave its text out: the one of that name, under their own copyright line. */
async function known(folder, { name, license, main = 'index.js' }) {
  const text = await readFile(new URL(`./licenses/${license}.txt`, import.meta.url), 'utf8').catch(() => {
    throw new Error(`${name} holds no text of its licence, and licenses/ holds none of ${license}.`);
  });
  for (const file of ['README.md', main]) {
    const said = await readFile(join(folder, file), 'utf8').catch(() => '');
    const line = /^[\s/*#]*(copyright (?:\(c\) |©)?(?:\d{4}|\w+ corporation).*)$/im.exec(said)?.[1];
    if (line) return `${line.trim()}\n\n${text.trim()}`;
  }
  throw new Error(`${name} holds no text of its licence and no copyright line.`);
}

/** Native and WebAssembly code is built with code of others, whose notices its npm packages leave out. */
async function noticesOf(folder, { name, version }) {
  if (name.startsWith('onnxruntime-')) {
    return `The notices of the code that ONNX Runtime itself contains: https://github.com/microsoft/onnxruntime/blob/v${version}/ThirdPartyNotices.txt`;
  }
  if (name === '@tensorflow/tfjs-backend-wasm') {
    const others = [
      'XNNPACK (BSD-3-Clause) https://github.com/google/XNNPACK/blob/master/LICENSE',
      'pthreadpool (BSD-2-Clause) https://github.com/google/pthreadpool/blob/main/LICENSE',
      'cpuinfo (BSD-2-Clause) https://github.com/pytorch/cpuinfo/blob/main/LICENSE',
      'Emscripten (MIT) https://github.com/emscripten-core/emscripten/blob/main/LICENSE',
    ];
    return `Its WebAssembly code contains code of these, whose notices stand there:\n${others.join('\n')}`;
  }
  if (name === '@resvg/resvg-wasm') {
    const crates = await cratesIn(join(folder, 'index_bg.wasm'));
    return `Its WebAssembly code is built of these Rust crates, each under MIT, Apache-2.0, BSD-3-Clause, Zlib or MPL-2.0, with their notices in their own packages: ${crates.join(', ')}.`;
  }
  return undefined;
}

/** Names and versions that the compiler left in the file. */
async function cratesIn(file) {
  const text = await readFile(file, 'latin1');
  const found = text.matchAll(/registry\/src\/[^/]+\/([a-z][\w-]*-\d+\.\d+\.\d+)/g);
  return [...new Set([...found].map(([, crate]) => crate.replace(/-(?=\d+\.)/, ' ')))].sort();
}

/**
 * The packages that a bundle took files from, from what esbuild noted.
 * @param {import('esbuild').Metafile} metafile
 */
export function bundledPackages(metafile) {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
  return Object.keys(metafile.inputs).flatMap((input) => folder.exec(input)?.[1] ?? []);
}
