import type { DataSummary, ExplainRequest } from '../engine/contract.ts';
import type { LocalEngine } from '../engine/service.ts';
import { Refusal } from '../refusal.ts';
import type { ExplainCommand } from './arguments.ts';
import { EXPLANATION_WRITERS } from './explanationWriters.ts';
import { Output } from './output.ts';
import { complain } from './say.ts';

/** `config` is the attribution.json that applies: given, or found beside the data. */
export async function explainCommand(
  command: ExplainCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  refuseWrongPlace(command);
  const { data, model, mask, runtime: prefer } = command;
  const summary = await engine.data({ data, model, mask, prefer, project: config });
  const instances = chosen(summary, command.case);
  const request: ExplainRequest = {
    ...command,
    target: command.target,
    project: config,
    prefer: command.runtime,
  };
  const output = new Output(command.out);
  const writer = EXPLANATION_WRITERS[command.format](output, {
    all: command.case === 'all',
    config,
    ground: command.theme,
  });
  const warnings = new Set<string>();
  try {
    for await (const batch of engine.explainMany(request, instances)) {
      for (const explanation of batch) {
        await writer.add(explanation);
        for (const { severity, sentence } of explanation.findings) {
          if (severity === 'warning') {
            warnings.add(sentence);
          }
        }
      }
    }
    await writer.end();
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  for (const sentence of warnings) {
    complain(`warning: ${sentence}`);
  }
}

/** Positions of the instances asked for: an id goes before a position, as ids are what people see in their file. */
export function chosen({ instances }: DataSummary, wanted: string | undefined): number[] {
  if (wanted === 'all') {
    return instances.map(({ index }) => index);
  }
  const found =
    wanted === undefined
      ? instances[0]
      : (instances.find(({ id }) => id === wanted) ??
        (/^\d+$/.test(wanted) ? instances[Number(wanted)] : undefined));
  if (!found) {
    const last = instances.length - 1;
    throw new Refusal(
      'no-such-case',
      `There is no case ${JSON.stringify(wanted)}: the file has ${instances.length}, from ${instances[0]?.id} to ${instances[last]?.id}, or by position 0 to ${last}.`,
    );
  }
  return [found.index];
}

/** @throws Refusal `bytes-to-terminal`, `one-picture` */
function refuseWrongPlace({ format, out, case: wanted }: ExplainCommand): void {
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
