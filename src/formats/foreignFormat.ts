import { extname } from 'node:path';

const TORCH =
  'is a PyTorch file, which holds weights but no graph; export the model to ONNX with torch.onnx.export(model.eval(), x, "model.onnx").';
const KERAS =
  'is a Keras or TensorFlow model, which is not read yet; export it to ONNX, e.g. with model.export("model.onnx", format="onnx").';

const BY_EXTENSION: Readonly<Record<string, string>> = {
  '.pt': TORCH,
  '.pth': TORCH,
  '.pkl': TORCH,
  '.ckpt': TORCH,
  '.safetensors': TORCH,
  '.keras': KERAS,
  '.h5': KERAS,
  '.hdf5': KERAS,
  '.pb': KERAS,
  '.tflite': KERAS,
};

const ZIP = 'is a zip archive, perhaps a PyTorch or Keras model; export the model to ONNX.';

/** `foreign-model`: exporting it to ONNX helps; `not-a-model`: something else has to be done. */
export interface ForeignFormat {
  readonly code: 'foreign-model' | 'not-a-model';
  /** The end of a sentence that begins with the file's name. */
  readonly what: string;
}

/** How the content of models begins, for files that bear a wrong name. */
const MODELS: readonly { readonly begins: string; readonly what: string }[] = [
  { begins: '\x89HDF\r\n', what: KERAS },
  { begins: 'PK\x03\x04', what: ZIP },
  { begins: '\x80\x02', what: TORCH },
];

const OTHERS: typeof MODELS = [
  {
    begins: 'version https://git-lfs',
    what: 'is only a pointer to a file kept in Git LFS; fetch it with git lfs pull.',
  },
  { begins: '<', what: 'is a web page or an XML file, not an ONNX model; the download may have gone wrong.' },
];

/** What a file is when it is no model that is read; null when it may be an ONNX model. */
export function foreignFormat(path: string, content: Uint8Array): ForeignFormat | null {
  const known = BY_EXTENSION[extname(path).toLowerCase()];
  if (known !== undefined) {
    return { code: 'foreign-model', what: known };
  }
  if (content.length === 0) {
    return { code: 'not-a-model', what: 'is empty; copy or export the model again.' };
  }
  const head = Buffer.from(content.subarray(0, 64)).toString('latin1').trimStart();
  const beginning = (list: typeof MODELS) => list.find(({ begins }) => head.startsWith(begins))?.what;
  const [model, other] = [beginning(MODELS), beginning(OTHERS)];
  if (model !== undefined) return { code: 'foreign-model', what: model };
  return other === undefined ? null : { code: 'not-a-model', what: other };
}
