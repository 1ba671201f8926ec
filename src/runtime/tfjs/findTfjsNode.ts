import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

/** A folder that holds tfjs-node, named by a person: the setting attribution.tfjsNode.path, or for the command line. */
export const TFJS_NODE_VARIABLE = 'ATTRIBUTION_TFJS_NODE';
/** The folder "Install tfjs-node Runtime" installs into; the extension names it to its engine. */
export const TFJS_NODE_INSTALLED_VARIABLE = 'ATTRIBUTION_TFJS_NODE_INSTALLED';

const PACKAGE = join('@tensorflow', 'tfjs-node');

/**
 * The folder of a tfjs-node that has its native addon: the one a person has named and no other, else the one that was
 * installed by us, else one beside this program.
 * @throws Error in one sentence: not there, or there without the addon
 */
export function findTfjsNode(
  named = process.env[TFJS_NODE_VARIABLE],
  installed = process.env[TFJS_NODE_INSTALLED_VARIABLE],
): string {
  if (named) {
    const folder = isAbsolute(named) ? packageIn(named) : undefined;
    if (!folder) throw new Error(`there is no @tensorflow/tfjs-node in ${named}`);
    if (!hasAddon(folder)) throw withoutAddon(folder);
    return folder;
  }
  const found = [installed ? packageIn(installed) : undefined, besideUs()].filter(
    (folder) => folder !== undefined,
  );
  const complete = found.find(hasAddon);
  if (complete) return complete;
  throw found[0] ? withoutAddon(found[0]) : new Error('it is not installed');
}

function withoutAddon(folder: string): Error {
  return new Error(`the package in ${folder} has no native addon: its install script was not run, or failed`);
}

/** The package itself, or what holds it. */
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
