import { readHead } from '../../files/readSmall.ts';
import { looksLikeModelJson } from '../../formats/tfjs/modelJson.ts';

/** The converter writes some lines before the topology, among them the signature. */
const headBytes = 4096;

/** Whether a JSON file begins as the model.json of TensorFlow.js does; only its head is read. */
export async function isTfjsModel(path: string): Promise<boolean> {
  try {
    return looksLikeModelJson(await readHead(path, headBytes));
  } catch {
    // Gone or unreadable: no model.
    return false;
  }
}
