import { orderFindings } from '../../engine/labels/labelOrder.ts';
import { agreementText } from '../../export/text/agreementText.ts';
import { planText } from '../../export/text/planText.ts';
import { findProject } from '../../project/project.ts';
import { jsonText } from '../../surfaces/json.ts';
import { command } from '../command.ts';
import { CONFIG, file, JSON_OUT, RUNTIME, SET } from '../options.ts';
import { Output } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { absolute } from '../words.ts';

export const data = command({
  name: 'data',
  files: ['DATA'],
  summary: 'How a data file is read: which column is what and why, and what else it could be',
  more: 'Where more than one reading fits, it says so and ends with exit code 2, with the settings to choose one.',
  options: {
    model: file('the model it is for, which settles what the file leaves open', 'MODEL'),
    set: SET,
    json: JSON_OUT,
    config: CONFIG,
    runtime: RUNTIME,
  },
  read: ([path], said) => ({
    data: absolute(path!),
    model: said.model,
    set: said.set,
    json: said.json ?? false,
    config: said.config,
    runtime: said.runtime ?? 'auto',
  }),
  run: async ({ data, model, set, json, config, runtime }, engine) => {
    const project = config ?? (await findProject(data));
    const { plan, findings } = await engine.data(
      { data, model, set, project, prefer: runtime },
      { report: progressLine() },
    );
    const [now] =
      model === undefined
        ? []
        : await engine.readings({ data, model, set, project, prefer: runtime, ways: [{}] });
    const { agreement, fault } = now?.kind === 'read' ? now.read : {};
    await new Output(undefined).write(
      json
        ? `${jsonText({ plan, findings, agreement, fault }, 2)}\n`
        : planText(plan, findings) +
            agreementText(agreement && { ...agreement, findings: orderFindings(agreement) }, fault),
    );
  },
});
