import { command } from '../command.ts';
import { TIMEOUT } from '../options.ts';
import { writeWhole } from '../output.ts';
import { absolute, onnxPath } from '../words.ts';

export const convert = command({
  name: 'convert',
  files: ['MODEL', 'OUT.onnx'],
  summary:
    'Any model that is read (PyTorch .pt2, Keras, TensorFlow.js, ONNX with its weights beside it) as one ONNX file',
  options: { timeout: TIMEOUT },
  read: ([model, out], { timeout }) => {
    return { model: absolute(model!), out: onnxPath('convert', out!), timeout };
  },
  run: async ({ model, out }, engine) => writeWhole(out, await engine.converted({ model })),
});
