import { dirname, relative } from 'node:path';
import { ARCHITECTURES, type ArchitectureName } from '../../architectures/architectures.ts';
import { PADDING_STYLES } from '../../engine/train/paddingStyles.ts';
import { findProject } from '../../project/project.ts';
import { settingsBeside } from '../../project/settingsBeside.ts';
import { jsonText } from '../../surfaces/json.ts';
import { command } from '../command.ts';
import { onFirstInterrupt } from '../endBySignal.ts';
import { withFoundSettings } from '../foundSettings.ts';
import {
  CONFIG,
  choice,
  count,
  file,
  flag,
  fraction,
  JSON_OUT,
  MOST_EPOCHS,
  MOST_FILTERS,
  positive,
  RUNTIME,
  SEED,
  SET,
  TIMEOUT,
} from '../options.ts';
import { checkWritable, Output, writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { whoReads } from '../trainedSettings.ts';
import { trainText } from '../trainText.ts';
import { Unwritten } from '../unwritten.ts';
import { absolute, oneOf, onnxPath, usage } from '../words.ts';

/** Beyond this, weights are no numbers of float32 after some steps, whatever they learn from. */
const MOST_RATE = 1e30;

const NAMES = Object.keys(ARCHITECTURES) as ArchitectureName[];

export const train = command({
  name: 'train',
  files: ['ARCHITECTURE', 'TRAIN'],
  summary: 'A new classifier from labelled series, as ONNX with the attribution.json that feeds it',
  more: `ARCHITECTURE is one of ${NAMES.join(', ')}. Standardises on real steps, sets a fifth of each class aside and keeps the weights that answer most of it rightly. Ctrl+C after the first epoch keeps the best so far; a second one ends it.`,
  options: {
    out: file('the model; its settings go beside it', 'OUT.onnx'),
    test: file('labelled series that are judged once, after the training'),
    padding: choice(PADDING_STYLES, 'what is done about different lengths (default: end)'),
    masked: flag('every layer masked; the mask is computed inside the model from its padding'),
    'mask-input': flag('the mask is a second input [N, T] of the model instead'),
    filters: count(
      "filters of the first convolution, or units of the recurrent state (default: the paper's)",
      1,
      MOST_FILTERS,
    ),
    epochs: count('how often every series is seen at the most (default: 100)', 1, MOST_EPOCHS),
    rate: positive(
      'learning rate of the first step; it falls to 0 along half a cosine (default: 0.001)',
      MOST_RATE,
    ),
    'class-weights': choice(
      ['none', 'balanced'],
      'balanced: rare classes weigh as much in the loss as common ones (default: none)',
    ),
    'label-smoothing': fraction('ε of label smoothing in the loss, from 0 to below 1 (default: 0)'),
    seed: SEED,
    json: JSON_OUT,
    set: SET,
    config: CONFIG,
    runtime: RUNTIME,
    timeout: TIMEOUT,
  },
  read: ([architecture, data], said) => {
    if (said.out === undefined) throw usage('train needs --out OUT.onnx');
    const hasMask = said.masked || said.padding === 'mask-channel';
    if (said['mask-input'] && !hasMask)
      throw usage('--mask-input needs --masked, or --padding mask-channel: no other model reads a mask');
    return {
      architecture: oneOf('ARCHITECTURE', architecture!, NAMES),
      data: absolute(data!),
      out: onnxPath('train', said.out),
      test: said.test,
      padding: said.padding ?? 'end',
      masked: said.masked ?? false,
      maskInput: said['mask-input'] ?? false,
      filters: said.filters,
      epochs: said.epochs ?? 100,
      classWeights: said['class-weights'] ?? 'none',
      smoothing: said['label-smoothing'] ?? 0,
      rate: said.rate,
      seed: said.seed ?? 1,
      json: said.json ?? false,
      set: said.set,
      config: said.config,
      runtime: said.runtime ?? 'auto',
      timeout: said.timeout,
    };
  },
  run: async ({ out, json, config, runtime, timeout: _, ...asked }, engine) => {
    await checkWritable(out);
    const project = config ?? (await findProject(asked.data));
    const taught = [asked.data, asked.test].filter((file) => file !== undefined);
    await settingsBeside(out, { read: project, taught });
    const request = { ...asked, project, prefer: runtime };
    const enough = new AbortController();
    let forget: (() => void) | undefined;
    // Before the first epoch there is nothing to keep.
    const saw = () => {
      forget ??= onFirstInterrupt(() => {
        complain('Stopping: the best so far is kept.');
        enough.abort();
      });
    };
    const context = { report: progressLine(), enough: enough.signal, saw };
    const { onnx, settings, report } = await withFoundSettings(config ? undefined : project, () =>
      engine.train(request, context),
    ).finally(() => forget?.());
    const unwritten = new Unwritten();
    const kept = await unwritten.attempt(async () => {
      await writeWhole(out, onnx);
      return out;
    });
    const beside = await unwritten.attempt(async () => {
      // Others may have come while it was trained; the model holds them, too.
      const beside = await settingsBeside(out, { read: project, taught });
      const model = relative(dirname(beside.path), out);
      await writeWhole(beside.path, `${jsonText({ model, ...settings }, 2)}\n`);
      return beside;
    });
    const findings = [...report.findings, ...(beside ? whoReads(beside, taught) : [])];
    const answer = { ...report, findings, out: kept, config: beside?.path ?? null };
    // Epochs count from 1, as in the model's provenance; 0 where none was better than none.
    const counted = { ...answer, best: report.best + 1 };
    await new Output(undefined).write(json ? `${jsonText(counted, 2)}\n` : trainText(answer));
    unwritten.done();
  },
});
