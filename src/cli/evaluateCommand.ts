import { basename } from 'node:path';
import type { EvaluateRequest } from '../engine/contract.ts';
import type { LocalEngine } from '../engine/service.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { evaluationJson } from '../export/evaluationJson.ts';
import { readSmall } from '../files/readSmall.ts';
import { Refusal } from '../refusal.ts';
import { jsonText } from '../surfaces/json.ts';
import type { EvaluateCommand } from './evaluateArguments.ts';
import { evaluationsText, evaluationText } from './evaluationText.ts';
import { chosen } from './explainCommand.ts';
import { writeWhole } from './output.ts';
import { progressLine } from './progressLine.ts';
import { complain } from './say.ts';

/** More than this is no list of cells. */
const LARGEST_TRUTH = 100e6;

/** `config` is the attribution.json that applies: given, or found beside the data. */
export async function evaluateCommand(
  command: EvaluateCommand,
  config: string | undefined,
  engine: LocalEngine,
): Promise<void> {
  const { case: wanted, methods, json, out, runtime, truth, name: _, ...request } = command;
  const file = { ...request, project: config, prefer: runtime };
  const asked: EvaluateRequest = {
    ...file,
    truth: truth && { name: basename(truth.path), text: await readTruth(truth.path), member: truth.member },
    instances: wanted === undefined ? undefined : chosen(await engine.data(file), wanted),
  };
  const evaluations: Evaluation[] = [];
  for (const [i, method] of methods.entries()) {
    const line = progressLine();
    const report =
      line && ((share: number, what: string) => line((i + share) / methods.length, `${method}: ${what}`));
    try {
      evaluations.push(await engine.evaluate({ ...asked, method }, { report }));
    } catch (error) {
      // Of all methods, those that this model cannot take are said and left out.
      if (!(error instanceof Refusal) || methods.length === 1) throw error;
      complain(`${method}: ${error.message}`);
    }
  }
  const several = methods.length > 1;
  if (json) {
    const values = evaluations.map(evaluationJson);
    await writeWhole(out, `${jsonText(several ? values : values[0], 2)}\n`);
  } else {
    await writeWhole(out, several ? evaluationsText(evaluations) : evaluationText(evaluations[0]!));
  }
}

async function readTruth(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readSmall(path, LARGEST_TRUTH));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('bad-truth', `The truth file ${error.message}`);
  }
}
