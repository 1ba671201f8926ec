import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { root, scratchFolder } from './folders.ts';
import { npm, run } from './run.ts';

/** Packs `attribution-lens` for npm from what a production build has left in dist/, and gives the tarball's path. */
export async function packNpm(folder: string): Promise<string> {
  await using stage = await scratchFolder('npm');
  const { path } = stage;
  const manifest = await npmManifest();
  await writeFile(join(path, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ['LICENSE', 'CITATION.cff']) await cp(join(root, name), join(path, name));
  await writeFile(
    join(path, 'README.md'),
    withoutNeighbours(await readFile(join(root, 'docs/api.md'), 'utf8')),
  );
  const dist = join(path, 'dist');
  const bundles = ['cli', 'commands', 'engine', 'service', 'api'].map((name) => `${name}.cjs`);
  for (const name of [...bundles, 'THIRD-PARTY-LICENSES.txt']) {
    await cp(join(root, 'dist', name), join(dist, name));
  }
  // The native runtime is npm's to fetch, for whichever platform it is.
  const runtimes = (await readdir(join(root, 'dist/node_modules'))).filter(
    (name) => name !== 'onnxruntime-node',
  );
  for (const name of runtimes) {
    await cp(join(root, 'dist/node_modules', name), join(dist, 'node_modules', name), { recursive: true });
  }
  await layOutTypes(join(dist, 'types'));
  const packed = join(folder, `${manifest.name}-${manifest.version}.tgz`);
  await npm(path, 'pack', '--pack-destination', folder);
  return packed;
}

/** Of links to documents that are not in the package their words alone. */
function withoutNeighbours(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\((?!https?:|#)[^)]+\)/g, '$1');
}

async function npmManifest() {
  const whole = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { name, version, description, license, author, keywords, repository, homepage, bugs } = whole;
  return {
    ...{ name, version, description, license, author, keywords, repository, homepage, bugs },
    engines: { node: whole.engines.node },
    bin: { [name]: './dist/cli.cjs' },
    main: './dist/api.cjs',
    types: './dist/types/api.d.ts',
    exports: {
      '.': { types: './dist/types/api.d.ts', default: './dist/api.cjs' },
      './package.json': './package.json',
    },
    files: ['dist', 'CITATION.cff'],
    optionalDependencies: { 'onnxruntime-node': whole.optionalDependencies['onnxruntime-node'] },
  };
}

/** The declarations that those of src/api.ts lead to. */
async function layOutTypes(target: string): Promise<void> {
  await using made = await scratchFolder('types');
  const config = join(made.path, 'tsconfig.json');
  const types = join(made.path, 'types');
  const compilerOptions = {
    ...{
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      emitDeclarationOnly: true,
    },
    ...{ stripInternal: true, noCheck: true, outDir: types, rootDir: join(root, 'src') },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  };
  const files = [join(root, 'src/api.ts')];
  const extended = join(root, 'tsconfig.json');
  await writeFile(config, JSON.stringify({ extends: extended, compilerOptions, files, include: [] }));
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], { cwd: root });
  const seen = new Set<string>();
  const take = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(join(types, file), 'utf8');
    const into = join(target, file);
    await mkdir(dirname(into), { recursive: true });
    await writeFile(into, text.replace(IMPORT, "$1$2.js'"));
    for (const [, , path] of text.matchAll(IMPORT))
      await take(`${resolve('/', dirname(file), path!).slice(1)}.d.ts`);
  };
  await take('api.d.ts');
}

/** A file of ours in a declaration. */
const IMPORT = /((?:from |import\()')(\.[^']*)\.ts'/g;
