import { basename, extname } from 'node:path';
import { Refusal } from '../refusal.ts';
import { zipEntries } from './zip.ts';

const SAVE_TORCH =
  'save the model with torch.export.save(torch.export.export(model.eval(), (x,)), "model.pt2"), or export it to ONNX (Copy Export Snippet… has the code).';
const TORCH = `is a PyTorch file, which holds weights or code but no graph that can be read; ${SAVE_TORCH}`;
const TORCH_SCRIPT = `is a PyTorch file of TorchScript, which holds code and no graph that can be read; load what it was made of in Python and ${SAVE_TORCH}`;
const PICKLE =
  'is a pickle, which runs what stands in it when it is opened, so it is not; open it in Python if you trust it and save the model from there (Copy Export Snippet… has the code for PyTorch, tsai and Keras).';
const TENSORFLOW =
  'is a TensorFlow file, which is not read; convert it to ONNX with tf2onnx, or save the Keras model with model.save("model.keras").';
const SAVED_MODEL =
  'is a TensorFlow SavedModel, which is not read; convert it with python -m tf2onnx.convert --saved-model FOLDER --output model.onnx, or save the Keras model with model.save("model.keras").';
const TFLITE =
  'is a TensorFlow Lite model, which is not read; convert it with python -m tf2onnx.convert --tflite FILE --output model.onnx, or save the Keras model with model.save("model.keras").';

const BY_EXTENSION: Readonly<Record<string, string>> = {
  '.pt': TORCH,
  '.pth': TORCH,
  '.pkl': PICKLE,
  '.pickle': PICKLE,
  '.joblib': PICKLE,
  '.ckpt': TORCH,
  '.safetensors': TORCH,
  '.pb': TENSORFLOW,
  '.tflite': TFLITE,
};

/** Formats that are read, where the content is none of them. */
const MISNAMED: Readonly<Record<string, string>> = {
  '.keras':
    'is no .keras archive, or it is cut short; copy it again, or save the model with model.save("model.keras").',
  '.pt2': 'is no program of torch.export.save, or it is cut short; copy it again, or save the model again.',
  '.h5': 'is no HDF5 file, or it is cut short; copy it again, or save the model again.',
  '.hdf5': 'is no HDF5 file, or it is cut short; copy it again, or save the model again.',
};

/** `foreign-model`: exporting it to ONNX helps; `not-a-model`: something else has to be done. */
interface ForeignFormat {
  readonly code: 'foreign-model' | 'not-a-model';
  /** The end of a sentence that begins with the file's name. */
  readonly what: string;
}

/** How the content of files begins that are not models. */
const OTHERS: readonly { readonly begins: string; readonly what: string }[] = [
  {
    begins: 'version https://git-lfs',
    what: 'is only a pointer to a file kept in Git LFS; fetch it with git lfs pull.',
  },
  { begins: '<', what: 'is a web page or an XML file, not an ONNX model; the download may have gone wrong.' },
];

/** What a file is when it is neither a Keras nor an ONNX model; null when it may be ONNX. */
export function foreignFormat(path: string, content: Uint8Array): ForeignFormat | null {
  const extension = extname(path).toLowerCase();
  const known = BY_EXTENSION[extension];
  if (known !== undefined) {
    const what = known === TORCH && isTorchScript(content) ? TORCH_SCRIPT : known;
    return { code: 'foreign-model', what: named(what, path) };
  }
  if (content.length === 0) {
    return { code: 'not-a-model', what: 'is empty; copy or export the model again.' };
  }
  const head = Buffer.from(content.subarray(0, 64)).toString('latin1');
  if (head.startsWith('PK\x03\x04')) return archive(content);
  // torch.save before 1.6 writes the second protocol, others mostly later ones.
  if (head.startsWith('\x80\x02')) return { code: 'foreign-model', what: TORCH };
  if (content[0] === 0x80 && content[1]! >= 3 && content[1]! <= 5)
    return { code: 'foreign-model', what: PICKLE };
  const other = OTHERS.find(({ begins }) => head.trimStart().startsWith(begins))?.what;
  const what = other ?? MISNAMED[extension];
  return what === undefined ? null : { code: 'not-a-model', what };
}

/** A command with the name of the file in it, where no shell would read more in that. */
function named(what: string, path: string): string {
  const name = basename(path);
  return /^[\w][\w.-]*$/.test(name) ? what.replace(/ (FOLDER|FILE) /, ` ${name} `) : what;
}

/** A folder; null where nothing in it is known. */
export function foreignFolder(path: string, names: readonly string[]): ForeignFormat | null {
  return names.includes('saved_model.pb') ? { code: 'foreign-model', what: named(SAVED_MODEL, path) } : null;
}

/** PyTorch, too, writes zip archives. */
function archive(content: Uint8Array): ForeignFormat {
  const names = zipEntries(content).map((name) => basename(name));
  if (names.includes('data.pkl')) {
    return { code: 'foreign-model', what: isTorchScript(content) ? TORCH_SCRIPT : TORCH };
  }
  return {
    code: 'not-a-model',
    what: 'is a zip archive, but no model of Keras (it has no config.json) and no program of PyTorch (it has no models/model.json).',
  };
}

/** It lists its constants beside the code. */
function isTorchScript(content: Uint8Array): boolean {
  if (content[0] !== 0x50 || content[1] !== 0x4b) return false;
  try {
    return zipEntries(content).some((name) => basename(name) === 'constants.pkl');
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
