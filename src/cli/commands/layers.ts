import type { ModelSummary } from '../../engine/contract.ts';
import { count, listed } from '../../format.ts';
import type { LayerSummary } from '../../graph/layerSummary.ts';
import { findProject } from '../../project/project.ts';
import { jsonText } from '../../surfaces/json.ts';
import { terminalCell, terminalLines } from '../../surfaces/terminal.ts';
import { command } from '../command.ts';
import { CONFIG, JSON_OUT, RUNTIME, SET, TIMEOUT } from '../options.ts';
import { Output } from '../output.ts';
import { absolute } from '../words.ts';

export const layers = command({
  name: 'layers',
  files: ['MODEL'],
  summary: 'The layers a map can be taken at: name, kind, shape, receptive field',
  options: { json: JSON_OUT, set: SET, config: CONFIG, runtime: RUNTIME, timeout: TIMEOUT },
  read: ([model], said) => ({
    model: absolute(model!),
    json: said.json ?? false,
    set: said.set,
    config: said.config,
    runtime: said.runtime ?? 'auto',
    timeout: said.timeout,
  }),
  run: async ({ model, json, set, config, runtime }, engine) => {
    const project = config ?? (await findProject(model));
    const summary = await engine.model({ model, project, set, prefer: runtime });
    await new Output(undefined).write(json ? `${jsonText(summary, 2)}\n` : asText(summary));
  },
});

function asText(summary: ModelSummary): string {
  const { features, steps, layout, classes, layers, findings, values, open, noGradient = {} } = summary;
  const head = [
    `input   ${layout}: ${count(features, 'feature')} × ${steps ?? 'any number of'} steps`,
    open
      ? 'output  a number, or the logit of the second of two classes'
      : `${values ? 'outputs' : 'classes'} ${listed(classes, 24)}`,
    ...findings.map(({ severity, sentence }) => `${severity} ${sentence}`),
    '',
  ];
  return terminalLines([
    ...head,
    ...aligned([columns, ...layers.map((layer) => cells(layer, layer.name in noGradient).map(terminalCell))]),
  ]);
}

const columns = ['layer', 'kind', 'shape', 'receptive field', 'jump', 'marks'];

function cells({ name, kind, shape, receptiveField, marks }: LayerSummary, isCut: boolean): string[] {
  const { size, jump } = receptiveField;
  return [
    name,
    kind,
    `[${shape.join(', ')}]`,
    size === null ? 'everything' : `${size}`,
    `${jump}`,
    [...marks, ...(isCut ? ['no gradient'] : [])].join(', '),
  ];
}

function aligned(rows: readonly string[][]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  );
}
