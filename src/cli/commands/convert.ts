import { extname } from 'node:path';
import { command } from '../command.ts';
import { TIMEOUT } from '../options.ts';
import { writeWhole } from '../output.ts';
import { absolute, usage } from '../words.ts';

export const convert = command({
  name: 'convert',
  files: ['MODEL', 'OUT.onnx'],
  summary: 'Any model that is read (Keras, TensorFlow.js, ONNX with its weights beside it) as one ONNX file',
  options: { timeout: TIMEOUT },
  read: ([model, out], { timeout }) => {
    // The two may have been mixed up.
    if (extname(out!).toLowerCase() !== '.onnx') {
      throw usage(`convert writes ONNX, so the second file must end in .onnx, not ${JSON.stringify(out)}`);
    }
    return { model: absolute(model!), out: absolute(out!), timeout };
  },
  run: async ({ model, out }, engine) => writeWhole(out, await engine.converted({ model })),
});
