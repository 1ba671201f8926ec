import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { faultOf } from '../files/fault.ts';
import { readRegularSync } from '../files/readRegularSync.ts';
import type { Graph } from '../graph/graph.ts';
import { Refusal } from '../refusal.ts';
import { foreignFolder, foreignFormat } from './foreignFormat.ts';
import { onnxReader, readerOf } from './readerOf.ts';
import { isJson, refuseLargeJson } from './tfjs/modelJson.ts';

/** Time-series classifiers are small; what is larger is a mistake or would not fit into memory several times over. */
const LARGEST_FILE = 2 ** 30;

const LONGEST_SENTENCE = 1000;

/** A model file, read. */
export interface LoadedModel {
  readonly graph: Graph;
  readonly hash: string;
  /** Paths of the files beside the model that hold its weights. */
  readonly weights: readonly string[];
}

/**
 * Reads a model and the files beside it that hold its weights.
 * @returns the graph, and the SHA-256 (hex) over the model file followed by its weight files in the order of their names.
 * @throws Refusal, in one sentence that begins with the file's name: `file-missing`, `file-too-big`, `foreign-model`,
 *   `not-a-model`, `external-data-missing`, `path-outside`, or one of the format's reader.
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const name = basename(path);
  const bytes = readBounded(path, name, 'file-missing');
  const folder = dirname(path);
  const weights = new Map<string, Uint8Array>();
  const external = (location: string, most?: number) => {
    const known =
      weights.get(location) ?? readBounded(inside(folder, location), location, 'external-data-missing', most);
    weights.set(location, known);
    return known;
  };
  try {
    const reader = readerOf(path, bytes);
    const foreign = reader === undefined ? foreignFormat(path, bytes) : null;
    if (foreign !== null) {
      throw new Foreign(foreign.code, `${name} ${foreign.what}`);
    }
    const graph = (reader ?? onnxReader)(bytes, external);
    const hash = createHash('sha256').update(bytes);
    for (const location of [...weights.keys()].sort()) {
      hash.update(weights.get(location)!);
    }
    const files = [...weights.keys()].map((location) => resolve(folder, location));
    return { graph, hash: hash.digest('hex'), weights: files };
  } catch (error) {
    if (error instanceof Foreign || !(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, oneLine(`${name}: ${error.message}`));
  }
}

/** Names in a file may hold anything; a sentence of ours is one line that can be read. */
function oneLine(sentence: string): string {
  const plain = sentence.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return plain.length <= LONGEST_SENTENCE
    ? plain
    : `${plain.slice(0, LONGEST_SENTENCE - 200)}…${plain.slice(-199)}`;
}

/** A refusal whose sentence begins with the file's name already. */
class Foreign extends Refusal {}

/** A model from elsewhere must not read files elsewhere: neither by `..`, nor absolutely, nor through a link. */
function inside(folder: string, location: string): string {
  const path = resolve(folder, location);
  const outside = (from: string, to: string) => {
    const way = relative(from, to);
    return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  };
  if (isAbsolute(location) || outside(folder, path) || leadsOut(folder, path, outside)) {
    throw new Refusal(
      'path-outside',
      `The model keeps weights in ${shown(location)}, outside its own folder, which is not allowed; put the file beside the model.`,
    );
  }
  return path;
}

/** Through a link; what cannot be followed is said by who reads it. */
function leadsOut(folder: string, path: string, outside: (from: string, to: string) => boolean): boolean {
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return false;
  }
  return outside(realpathSync(folder), real);
}

function readBounded(path: string, name: string, missing: string, most = LARGEST_FILE): Uint8Array {
  const checkSize = ({ size }: Stats, head: Uint8Array) => {
    // Before it is in memory; weights lie beside it and may be larger.
    if (missing === 'file-missing' && isJson(path, head)) refuseLargeJson(`The file ${shown(name)}`, size);
    if (size > LARGEST_FILE) {
      throw new Refusal(
        'file-too-big',
        `The file ${shown(name)} has ${size} bytes; models up to 1 GB are read.`,
      );
    }
    if (size > most) {
      throw new Refusal(
        'broken-model',
        `The file ${shown(name)} has ${size} bytes, but only ${most} belong there; copy or convert the model again.`,
      );
    }
  };
  try {
    const bytes = readRegularSync(path, checkSize);
    if (bytes !== undefined) return bytes;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const fault = faultOf(error);
    if (!/^does not exist|^is a folder/.test(fault)) {
      throw new Refusal('file-unreadable', `The file ${shown(name)} ${fault}.`);
    }
  }
  const foreign = missing === 'file-missing' ? foreignFolder(path, namesIn(path)) : null;
  if (foreign !== null) throw new Refusal(foreign.code, `${name} ${foreign.what}`);
  throw new Refusal(missing, `The file ${shown(name)} does not exist or is not a file.`);
}

/** A name that a file gives may be of any length. */
function shown(name: string): string {
  return name.length > 100 ? `${name.slice(0, 99)}…` : name;
}

/** Of a folder; none for anything else. */
function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
