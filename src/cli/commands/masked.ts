import { passedOverSentence } from '../../graph/masking/passedOver.ts';
import { findProject } from '../../project/project.ts';
import { command } from '../command.ts';
import { DATA_OPTIONS, dataSaid, file, sourceOf } from '../options.ts';
import { writeWhole } from '../output.ts';
import { complain } from '../say.ts';
import { onnxPath, usage } from '../words.ts';

export const masked = command({
  name: 'masked',
  files: ['MODEL', 'OUT.onnx'],
  summary: 'The model with the padding mask as a second input (float32 [N, T], 1 = real), its layers masked',
  more: 'With --drop-in it keeps its single input and computes the mask from the padding, as that looks in DATA. Layers that no mask can be laid over, as quantised ones, are named.',
  options: {
    'drop-in': file('data whose padding the model is to recognise by itself', 'DATA'),
    ...DATA_OPTIONS,
  },
  read: ([model, out], said) => {
    const ofData = (['mask', 'truncate'] as const).find((name) => said[name] !== undefined);
    if (said['drop-in'] === undefined && ofData)
      throw usage(`masked takes --${ofData} with --drop-in DATA only`);
    const { data, ...named } = dataSaid([model!, said['drop-in'] ?? ''], said);
    return {
      ...named,
      // Without it no data are read.
      data: said['drop-in'] === undefined ? undefined : data,
      out: onnxPath('masked', out!),
    };
  },
  run: async ({ out, data, ...asked }, engine) => {
    const { model, set, config, runtime } = asked;
    const request =
      data !== undefined
        ? await sourceOf({ ...asked, data })
        : { model, set, project: config ?? (await findProject(model)), prefer: runtime };
    const { bytes, notMasked, limits, read } = await engine.masked(request);
    await writeWhole(out, bytes);
    for (const { severity, sentence } of read) complain(`${severity}: ${sentence}`);
    if (notMasked.length > 0) complain(`warning: ${passedOverSentence(notMasked)}`);
    for (const sentence of limits) complain(`warning: ${sentence}`);
  },
});
