import type { ModelSummary } from '../engine/contract.ts';
import type { LocalEngine } from '../engine/service.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import { jsonText } from '../surfaces/json.ts';
import { terminalCell, terminalLines } from '../surfaces/terminal.ts';
import type { LayersCommand } from './arguments.ts';
import { Output } from './output.ts';

export async function layersCommand(command: LayersCommand, engine: LocalEngine): Promise<void> {
  const summary = await engine.model({
    model: command.model,
    project: command.config,
    prefer: command.runtime,
  });
  const output = new Output(undefined);
  await output.write(command.json ? `${jsonText(summary, 2)}\n` : asText(summary));
}

function asText(summary: ModelSummary): string {
  const { features, steps, layout, classes, layers, findings } = summary;
  const head = [
    `input   ${layout}: ${features} features × ${steps ?? 'any number of'} steps`,
    `classes ${classes.join(', ')}`,
    ...findings.map(({ severity, sentence }) => `${severity} ${sentence}`),
    '',
  ];
  return terminalLines([
    ...head,
    ...aligned([columns, ...layers.map((layer) => cells(layer).map(terminalCell))]),
  ]);
}

const columns = ['layer', 'kind', 'shape', 'receptive field', 'jump', 'marks'];

function cells({ name, kind, shape, receptiveField, marks }: LayerSummary): string[] {
  const { size, jump } = receptiveField;
  return [
    name,
    kind,
    `[${shape.join(', ')}]`,
    size === null ? 'everything' : `${size}`,
    `${jump}`,
    marks.join(', '),
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
