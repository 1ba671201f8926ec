import { extname } from 'node:path';
import { loadModel } from '../../formats/loadModel.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { command } from '../command.ts';
import { writeWhole } from '../output.ts';
import { absolute, usage } from '../words.ts';

export const convert = command({
  name: 'convert',
  files: ['MODEL', 'OUT.onnx'],
  summary: 'Any model that is read (Keras, TensorFlow.js, ONNX with its weights beside it) as one ONNX file',
  options: {},
  read: ([model, out]) => {
    // The two may have been mixed up.
    if (extname(out!).toLowerCase() !== '.onnx') {
      throw usage(`convert writes ONNX, so the second file must end in .onnx, not ${JSON.stringify(out)}`);
    }
    return { model: absolute(model!), out: absolute(out!) };
  },
  run: async ({ model, out }) => {
    const { graph } = await loadModel(model);
    await writeWhole(out, writeOnnx(graph));
  },
});
