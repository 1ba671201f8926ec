import type { LocalEngine } from '../engine/service.ts';
import { instancesCsv, mapsCsv, rankingCsv } from '../export/overview/csv.ts';
import { overviewJson } from '../export/overview/json.ts';
import { overviewNpz } from '../export/overview/npz.ts';
import type { Overview } from '../overview/overview.ts';
import { Refusal } from '../refusal.ts';
import { jsonText } from '../surfaces/json.ts';
import type { DatasetCommand } from './datasetArguments.ts';
import { datasetText } from './datasetText.ts';
import { writeWhole } from './output.ts';
import { progressLine } from './progressLine.ts';
import { complain } from './say.ts';

/** `config` is the attribution.json that applies: given, or found beside the data. */
export async function datasetCommand(
  command: DatasetCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  if (command.format === 'npz' && command.out === undefined && process.stdout.isTTY) {
    throw new Refusal('npz-to-terminal', 'An .npz is no text for a terminal: give --out FILE or redirect.');
  }
  const request = { ...command, project: config, prefer: command.runtime };
  const overview = await engine.overview(request, { report: progressLine() });
  if (command.by === 'label' && !overview.labelled) {
    throw new Refusal('no-labels', 'The file has no class labels to go by: use --by predicted.');
  }
  await writeWhole(command.out, written(overview, command));
  if (command.format === 'text') return;
  for (const { sentence, n } of overview.warnings) {
    complain(`warning: ${sentence}${n > 1 ? ` (${n} instances like this)` : ''}`);
  }
}

function written(overview: Overview, command: DatasetCommand): string | Uint8Array {
  const by = command.by ?? (overview.labelled ? 'label' : 'predicted');
  switch (command.format) {
    case 'json':
      return `${jsonText(overviewJson(overview))}\n`;
    case 'npz':
      return overviewNpz(overview);
    case 'text':
      return datasetText(overview, by, command.align, command.scale);
  }
  switch (command.table) {
    case 'instances':
      return instancesCsv(overview);
    case 'maps':
      return mapsCsv(overview, by, command.align, command.scale);
    case 'ranking':
      return rankingCsv(overview);
  }
}
