import { explainerInputs } from '../../engine/explainerInputs.ts';
import { NAMES, PADDING_INPUTS } from '../../export/explainer/options.ts';
import { findProject } from '../../project/project.ts';
import { command } from '../command.ts';
import { MAP_OPTIONS, switchesSaid } from '../howOptions.ts';
import { CONFIG, choice, count, file, flag, RUNTIME, SET, TIMEOUT, text } from '../options.ts';
import { writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { writeSeries } from '../seriesFile.ts';
import { absolute, onnxPath, usage } from '../words.ts';

/** Of a graph made for one length: its zones and positions are written out. */
const MOST_STEPS = 1_000_000;

export const explainer = command({
  name: 'explainer',
  files: ['MODEL', 'OUT.onnx'],
  summary: 'Prediction and map as one ONNX graph for any ONNX Runtime, as many instances a run as you like',
  more: `With --padding it takes length [N] or mask [N, T] beside the series and gives zones and shares; with --preprocess it takes raw series and standardises and pads them as attribution.json says.`,
  options: {
    class: text('NAME|INDEX|predicted', 'whose logit is explained, in every run (default: predicted)'),
    'target-input': flag('the class is told in every run, in place of one for all'),
    ...MAP_OPTIONS,
    padding: choice(
      PADDING_INPUTS,
      'how the graph is told which steps are real (default: none, or length where it must know)',
    ),
    preprocess: flag('standardising and padding are part of the graph'),
    data: file(
      'a data set to write as the table that jobs read beside the graph; goes with --series',
      'DATA',
    ),
    series: file(
      'where that table goes: id, label, series, length (and mask), a row for each instance',
      'OUT.parquet',
    ),
    set: SET,
    steps: count('T; needed where the model takes any number of steps', 1, MOST_STEPS),
    config: CONFIG,
    runtime: RUNTIME,
    timeout: TIMEOUT,
  },
  read: ([model, out], said) => {
    if (said.class !== undefined && said['target-input']) {
      throw usage(
        'explainer takes --class, one class for all, or --target-input, a class in every run, not both',
      );
    }
    if ((said.data === undefined) !== (said.series === undefined)) {
      throw usage('explainer takes --data and --series together: what is written, and where');
    }
    return {
      model: absolute(model!),
      out: onnxPath('explainer', out!),
      layer: said.layer,
      target: said.class,
      targetInput: said['target-input'] ?? false,
      against: said.against,
      negative: said.negative ?? false,
      method: said.method ?? 'gradcam',
      ...switchesSaid(said),
      padding: said.padding,
      preprocess: said.preprocess ?? false,
      steps: said.steps,
      ...{ data: said.data, series: said.series, set: said.set },
      config: said.config,
      runtime: said.runtime ?? 'auto',
      timeout: said.timeout,
    };
  },
  run: async ({ out, runtime, config, timeout: _, data, series, set, ...request }, engine) => {
    const project = config ?? (await findProject(request.model));
    const { bytes: made, said } = await engine.explainer(
      { ...request, set, project, prefer: runtime },
      { report: progressLine() },
    );
    await writeWhole(out, made);
    for (const { severity, sentence } of said) complain(`${severity}: ${sentence}`);
    if (data === undefined || series === undefined) return;
    const { model, steps, preprocess } = request;
    const asked = explainerInputs(made);
    const source = { model, steps, data, set, project: config ?? (await findProject(data)), prefer: runtime };
    await writeSeries(
      series,
      (part) => engine.seriesPart(part, { report: progressLine() }),
      { ...source, raw: preprocess },
      {
        series: preprocess ? 'DOUBLE' : 'FLOAT',
        mask: asked.has(NAMES.mask),
        length: asked.has(NAMES.length),
      },
    );
  },
});
