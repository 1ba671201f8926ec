import type { LocalEngine } from '../engine/service.ts';
import { auditJson } from '../export/auditJson.ts';
import { auditReport } from '../export/report/auditReport.ts';
import type { AuditCommand } from './arguments.ts';
import { auditText } from './auditText.ts';
import { chosen } from './explainCommand.ts';
import { Output } from './output.ts';

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
  await output.write(json ? `${JSON.stringify(auditJson(audit), null, 2)}\n` : auditText(audit));
  if (report !== undefined) await writeWhole(report, auditReport(audit));
}

async function writeWhole(path: string, text: string): Promise<void> {
  const output = new Output(path);
  try {
    await output.write(text);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** A line that rewrites itself, for a person at a terminal only. */
function progressLine(): ((share: number, what: string) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (share, what) => {
    process.stderr.write(`\r\u001b[K${share < 1 ? `${Math.round(100 * share)} % ${what}` : ''}`);
  };
}
