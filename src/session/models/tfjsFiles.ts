import { open } from 'node:fs/promises';
import { looksLikeModelJson } from '../../formats/tfjs/modelJson.ts';

/** The converter writes some lines before the topology, among them the signature. */
const headBytes = 4096;

/** Whether a JSON file begins as the model.json of TensorFlow.js does; only its head is read. */
export async function isTfjsModel(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
      return looksLikeModelJson(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    // Gone or unreadable: no model.
    return false;
  }
}
