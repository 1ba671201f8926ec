import type { Graph } from '../graph/graph.ts';
import { readKerasArchive, readLegacyH5 } from './keras/readKeras.ts';
import type { ExternalFiles } from './onnx/externalData.ts';
import { readOnnx } from './onnx/readOnnx.ts';
import { isPt2, readPt2 } from './pt2/readPt2.ts';
import { isJson } from './tfjs/modelJson.ts';
import { readTfjs } from './tfjs/readTfjs.ts';
import { zipEntries } from './zip.ts';

/** @param external reads a file beside the model (whole) for weights kept there. */
type ModelReader = (bytes: Uint8Array, external: ExternalFiles) => Graph;

const HDF5 = '\x89HDF\r\n\x1a\n';
const ZIP = 'PK\x03\x04';

/**
 * What reads a file, by its content: names lie. Undefined where the content is of no other format, so that it is ONNX
 * or foreign.
 * @throws Refusal `broken-model` for a broken zip archive
 */
export function readerOf(path: string, content: Uint8Array): ModelReader | undefined {
  const head = Buffer.from(content.subarray(0, 8)).toString('latin1');
  if (head.startsWith(HDF5)) return readLegacyH5;
  if (head.startsWith(ZIP)) {
    const entries = zipEntries(content);
    if (entries.includes('config.json')) return readKerasArchive;
    if (isPt2(entries)) return readPt2;
  }
  return isJson(path, content) ? readTfjs : undefined;
}

/** For what no other reader claims: it says what is wrong with the file. */
export const onnxReader: ModelReader = readOnnx;
