import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entries = ['panel', 'glance'].map((name) =>
  fileURLToPath(new URL(`../../../webview/${name}.ts`, import.meta.url)),
);
let bundled: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

/** The pages' files as the extension ships them, by name: panel.js, panel.css and the icon font, glance.js, glance.css. */
export function bundlePage(): Promise<ReadonlyMap<string, Uint8Array>> {
  bundled ??= make();
  return bundled;
}

async function make(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: entries,
    bundle: true,
    write: false,
    outdir: 'page',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}
