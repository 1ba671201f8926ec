import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

/** Names folders where tfjs-node may lie; the extension sets it for its engine, people may for the command line. */
export const TFJS_NODE_VARIABLE = 'ATTRIBUTION_TFJS_NODE';

const PACKAGE = join('@tensorflow', 'tfjs-node');

/**
 * The folder of a tfjs-node that has its native addon. Looked for in the folders that ATTRIBUTION_TFJS_NODE names
 * (each the package itself, or one that holds node_modules), then beside this program.
 * @throws Error in one sentence: not there, or there without the addon
 */
export function findTfjsNode(named = process.env[TFJS_NODE_VARIABLE] ?? ''): string {
  const folders = named.split(delimiter).filter(isAbsolute).map(packageIn);
  const found = [...folders, besideUs()].filter((folder) => folder !== undefined);
  const complete = found.find(hasAddon);
  if (complete) return complete;
  throw new Error(
    found[0]
      ? `the package in ${found[0]} has no native addon, because its install script was not run`
      : 'it is not installed',
  );
}

function packageIn(folder: string): string | undefined {
  const places = [folder, join(folder, PACKAGE), join(folder, 'node_modules', PACKAGE)];
  return places.find(
    (place) => existsSync(join(place, 'binding')) && existsSync(join(place, 'package.json')),
  );
}

function besideUs(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return undefined;
  }
}

/** lib/napi-v8/tfjs_binding.node, or another version of Node's interface. */
export function hasAddon(folder: string): boolean {
  const lib = join(folder, 'lib');
  return existsSync(lib) && readdirSync(lib).some((napi) => existsSync(join(lib, napi, 'tfjs_binding.node')));
}
