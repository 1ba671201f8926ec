import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages whose code is passed on, as text.
 * @param {Iterable<string>} packages folders of packages, absolute
 */
export async function licenses(packages) {
  const texts = await Promise.all([...new Set(packages)].sort().map(license));
  return `Attribution Lens contains code of these packages.\n\n${texts.join('\n')}`;
}

async function license(folder) {
  const { name, version, license, repository } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license}) ${address}\n\n${text.trim()}\n`;
}

/**
 * The packages that a bundle took files from, from what esbuild noted.
 * @param {import('esbuild').Metafile} metafile
 */
export function bundledPackages(metafile) {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
  return Object.keys(metafile.inputs).flatMap((input) => folder.exec(input)?.[1] ?? []);
}
