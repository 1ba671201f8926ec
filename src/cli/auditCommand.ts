import type { LocalEngine } from '../engine/service.ts';
import { auditJson } from '../export/auditJson.ts';
import { auditReport } from '../export/report/auditReport.ts';
import { jsonText } from '../surfaces/json.ts';
import type { AuditCommand } from './arguments.ts';
import { auditText } from './auditText.ts';
import { chosen } from './explainCommand.ts';
import { Output, writeWhole } from './output.ts';
import { progressLine } from './progressLine.ts';

/** `config` is the attribution.json that applies: given, or found beside the data. */
export async function auditCommand(
  command: AuditCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  const { case: wanted, report, json, runtime, name: _, ...request } = command;
  const file = { ...request, project: config, prefer: runtime };
  const instances = wanted === undefined ? undefined : chosen(await engine.data(file), wanted);
  const audit = await engine.audit({ ...file, instances }, { report: progressLine() });
  const output = new Output(undefined);
  await output.write(json ? `${jsonText(auditJson(audit), 2)}\n` : auditText(audit));
  if (report !== undefined) await writeWhole(report, auditReport(audit));
}
