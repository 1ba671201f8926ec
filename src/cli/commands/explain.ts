import { extname } from 'node:path';
import { Refusal } from '../../refusal.ts';
import { chosen } from '../chosen.ts';
import { command } from '../command.ts';
import { EXPLAIN_OUTPUT } from '../explainOutput.ts';
import { EXPLANATION_WRITERS, type OutputFormat } from '../explanationWriters.ts';
import { HOW_OPTIONS, howSaid } from '../howOptions.ts';
import { choice, DATA_OPTIONS, dataSaid, OUT, sourceOf, text } from '../options.ts';
import { Output } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { WarningsOfMany } from '../warningsOfMany.ts';

const formats = Object.keys(EXPLANATION_WRITERS) as OutputFormat[];

export const explain = command({
  name: 'explain',
  files: ['MODEL', 'DATA'],
  summary: 'Prediction and map of one instance or of all, as numbers or as a picture',
  more: `MODEL is .onnx, .pt2 (PyTorch), .keras, .h5 (Keras, whole models) or model.json (TensorFlow.js). DATA is .csv, .tsv, .txt, .ts, .arff, .parquet, .npz or .npy, or a folder or a quoted pattern of such files; an .npz whose x is float32 in the model's exact input shape is taken as already prepared, and its mask or lengths are the mask.`,
  output: EXPLAIN_OUTPUT,
  options: {
    case: text('ID|INDEX|all', 'an instance by its id, else by its 0-based position (default: the first)'),
    ...HOW_OPTIONS,
    ...DATA_OPTIONS,
    format: choice(formats, '(default: as the ending of --out, else json)'),
    theme: choice(['light', 'dark'], 'of pictures (default: light)'),
    out: OUT,
  },
  read: (files, said) => ({
    ...dataSaid(files, said),
    case: said.case,
    ...howSaid(said),
    format: said.format ?? formatOf(said.out) ?? 'json',
    theme: said.theme ?? 'light',
    out: said.out,
  }),
  run: async ({ case: wanted, format, theme, out, ...asked }, engine) => {
    refuseWrongPlace(format, out, wanted);
    const request = { ...asked, ...(await sourceOf(asked)) };
    const line = progressLine();
    const instances = chosen(await engine.data(request, { report: line }), wanted);
    const output = new Output(out);
    const config = request.project;
    const writer = EXPLANATION_WRITERS[format](output, { all: wanted === 'all', config, ground: theme });
    const warnings = new WarningsOfMany();
    let done = 0;
    try {
      for await (const batch of engine.explainMany(request, instances, {
        report: instances.length === 1 ? line : undefined,
      })) {
        done += batch.length;
        line?.(done / instances.length, `Explaining (${done} of ${instances.length})`);
        for (const explanation of batch) {
          await writer.add(explanation);
          warnings.add(explanation);
        }
      }
      await writer.end();
      await output.finish();
    } catch (error) {
      await output.abandon();
      throw error;
    }
    for (const sentence of warnings.sentences) complain(`warning: ${sentence}`);
  },
});

/** What the ending of `--out` says, so that `--out maps.npz` needs no `--format`. */
function formatOf(out: string | undefined): OutputFormat | undefined {
  return formats.find((format) => out !== undefined && extname(out).toLowerCase() === `.${format}`);
}

/** @throws Refusal `bytes-to-terminal`, `one-picture` */
function refuseWrongPlace(format: OutputFormat, out: string | undefined, wanted: string | undefined): void {
  if (['npz', 'png'].includes(format) && out === undefined && process.stdout.isTTY) {
    throw new Refusal(
      'bytes-to-terminal',
      `The format ${format} is no text for a terminal: give --out FILE or redirect.`,
    );
  }
  if (['svg', 'png', 'html'].includes(format) && wanted === 'all') {
    throw new Refusal(
      'one-picture',
      `The format ${format} shows one instance: name it with --case, or take json, npz or csv for all.`,
    );
  }
}
