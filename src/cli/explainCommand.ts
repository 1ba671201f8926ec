import type { Explanation } from '../attribution/explanation.ts';
import type { DataSummary, ExplainRequest } from '../engine/contract.ts';
import type { LocalEngine } from '../engine/service.ts';
import { Refusal } from '../refusal.ts';
import type { ExplainCommand, OutputFormat } from './arguments.ts';
import { csvHeader, csvRows } from './asCsv.ts';
import { asJson } from './asJson.ts';
import { asNpz, type NpzPart, npzPart } from './asNpz.ts';
import { Output } from './output.ts';

/** `config` is the attribution.json that applies: given, or found beside the data. */
export async function explainCommand(
  command: ExplainCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  if (command.format === 'npz' && command.out === undefined && process.stdout.isTTY) {
    throw new Refusal('npz-to-terminal', 'An .npz is no text for a terminal: give --out FILE or redirect.');
  }
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
  const writer = writers[command.format](output, command.case === 'all', config);
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
    process.stderr.write(`warning: ${sentence}\n`);
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

interface Writer {
  add(explanation: Explanation): Promise<void>;
  end(): Promise<void>;
}

const writers: Record<OutputFormat, (output: Output, all: boolean, config?: string) => Writer> = {
  json: (output, all, config) => {
    let before = all ? '[\n' : '';
    return {
      add: async (explanation) => {
        await output.write(`${before}${JSON.stringify(asJson(explanation, config))}`);
        before = ',\n';
      },
      end: () => output.write(all ? `${before === '[\n' ? before : '\n'}]\n` : '\n'),
    };
  },
  csv: (output) => {
    let first = true;
    return {
      add: async (explanation) => {
        if (first) {
          await output.write(csvHeader(explanation));
          first = false;
        }
        await output.write(csvRows(explanation));
      },
      end: async () => {},
    };
  },
  npz: (output) => {
    const parts: NpzPart[] = [];
    return {
      add: async (explanation) => {
        parts.push(npzPart(explanation));
      },
      end: () => output.write(asNpz(parts)),
    };
  },
};
