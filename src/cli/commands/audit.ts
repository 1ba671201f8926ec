import { auditJson } from '../../export/auditJson.ts';
import { auditReport } from '../../export/report/auditReport.ts';
import { auditText } from '../../export/text/auditText.ts';
import { jsonText } from '../../surfaces/json.ts';
import { chosen } from '../chosen.ts';
import { command } from '../command.ts';
import { DATA_OPTIONS, dataSaid, JSON_OUT, LAYER, page, SEED, sourceOf, text } from '../options.ts';
import { Output, writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { repairable } from '../repairable.ts';

export const audit = command({
  name: 'audit',
  files: ['MODEL', 'DATA'],
  summary:
    "What the padding does: answers about length, the padding's place and its look, with their numbers",
  more: 'Over the whole file or one instance.',
  options: {
    case: text('ID|INDEX|all', 'one instance only (default: all)'),
    layer: LAYER,
    ...DATA_OPTIONS,
    seed: SEED,
    json: JSON_OUT,
    report: page('the audit as an HTML page to pass on'),
  },
  read: (files, said) => ({
    ...dataSaid(files, said),
    case: said.case === 'all' ? undefined : said.case,
    layer: said.layer,
    seed: said.seed ?? 1,
    json: said.json ?? false,
    report: said.report,
  }),
  run: async ({ case: wanted, report, json, layer, seed, ...asked }, engine) => {
    const source = await sourceOf(asked);
    const line = { report: progressLine() };
    const instances = wanted === undefined ? undefined : chosen(await engine.data(source, line), wanted);
    const request = { ...source, layer, seed, instances };
    const found = await engine.audit(request, line);
    await new Output(undefined).write(
      json ? `${jsonText(auditJson(found), 2)}\n` : auditText(found, repairable(asked)),
    );
    if (report !== undefined) await writeWhole(report, auditReport(found));
  },
});
