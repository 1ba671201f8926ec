import type { Sighting } from '../../engine/contract.ts';
import { repairJson } from '../../export/repairJson.ts';
import { repairReport } from '../../export/report/repairReport.ts';
import { repairText } from '../../export/text/repairText.ts';
import { ARMS } from '../../repair/armNames.ts';
import { jsonText } from '../../surfaces/json.ts';
import { command } from '../command.ts';
import { onFirstInterrupt } from '../endBySignal.ts';
import {
  choice,
  count,
  DATA_OPTIONS,
  dataSaid,
  file,
  flag,
  JSON_OUT,
  MOST_EPOCHS,
  page,
  SEED,
  sourceOf,
} from '../options.ts';
import { checkWritable, Output, writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { repairAgain } from '../repairAgain.ts';
import { complain } from '../say.ts';
import { Unwritten } from '../unwritten.ts';
import { onnxPath } from '../words.ts';

export const repair = command({
  name: 'repair',
  files: ['MODEL', 'DATA'],
  summary:
    'A copy of the model that leans less on padding and length, with the proof on instances it has not learnt from',
  more: 'Ctrl+C stops trying and keeps the best so far; a second one ends it.',
  options: {
    train: file('data to learn from (default: folds of DATA learn and are judged in turn)'),
    with: choice(
      [...ARMS, 'auto', 'all'],
      'one repair, those that fit, or every one (default: auto)',
      'NAME|auto|all',
    ),
    epochs: count('of repairs that train (default: 10)', 1, MOST_EPOCHS),
    seed: SEED,
    out: file('the repaired model, of which only figures are given otherwise', 'OUT.onnx'),
    'mask-input': flag('OUT takes its mask as a second input (default: it computes it from the padding)'),
    json: JSON_OUT,
    report: page('the repair as an HTML page to pass on'),
    ...DATA_OPTIONS,
  },
  read: (files, said) => ({
    ...dataSaid(files, said),
    train: said.train,
    arm: said.with ?? 'auto',
    epochs: said.epochs,
    seed: said.seed ?? 1,
    out: said.out === undefined ? undefined : onnxPath('repair', said.out),
    maskInput: said['mask-input'] ?? false,
    json: said.json ?? false,
    report: said.report,
  }),
  run: async ({ out, report, json, ...asked }, engine) => {
    for (const file of [out, report]) if (file !== undefined) await checkWritable(file);
    const request = { ...(await sourceOf(asked)), keep: out !== undefined };
    const enough = new AbortController();
    let measured = false;
    const saw = (sighting: Sighting) => {
      measured ||= 'candidate' in sighting && !('cannot' in sighting.candidate);
    };
    const forget = onFirstInterrupt(() => {
      complain(`Stopping: ${measured ? 'the best so far is kept' : 'no repair is measured yet'}.`);
      enough.abort();
    });
    try {
      const { found, model } = await engine.repair(request, {
        ...{ report: progressLine(), saw },
        enough: enough.signal,
      });
      const unwritten = new Unwritten();
      const written = await unwritten.attempt(async () => {
        if (out === undefined || !model) return null;
        await writeWhole(out, model);
        return out;
      });
      const said = json
        ? `${jsonText(repairJson(found, written), 2)}\n`
        : repairText(found, written, repairAgain(found, asked, out));
      await new Output(undefined).write(said);
      if (report !== undefined) await writeWhole(report, repairReport(found, written));
      unwritten.done();
    } finally {
      forget();
    }
  },
});
