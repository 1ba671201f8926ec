import { findProject } from '../../project/project.ts';
import { command } from '../command.ts';
import { CONFIG, RUNTIME, TIMEOUT } from '../options.ts';
import { writeWhole } from '../output.ts';
import { absolute } from '../words.ts';

export const masked = command({
  name: 'masked',
  files: ['MODEL', 'OUT.onnx'],
  summary: 'The model with the padding mask as a second input (float32 [N, T], 1 = real), every layer masked',
  options: { config: CONFIG, runtime: RUNTIME, timeout: TIMEOUT },
  read: ([model, out], said) => ({
    model: absolute(model!),
    out: absolute(out!),
    config: said.config,
    runtime: said.runtime ?? 'auto',
    timeout: said.timeout,
  }),
  run: async ({ model, out, config, runtime }, engine) => {
    const project = config ?? (await findProject(model));
    await writeWhole(out, await engine.masked({ model, project, prefer: runtime }));
  },
});
