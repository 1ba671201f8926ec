import { basename } from 'node:path';
import { METHODS } from '../../attribution/methods.ts';
import type { EvaluateRequest } from '../../engine/requests.ts';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import { MOST_JUDGED, MOST_TO_JUDGE } from '../../evaluation/mostJudged.ts';
import { REPLACEMENTS } from '../../evaluation/replacement.ts';
import { evaluationJson } from '../../export/evaluationJson.ts';
import { evaluationsText, evaluationText } from '../../export/text/evaluationText.ts';
import { readSmall } from '../../files/readSmall.ts';
import { Refusal } from '../../refusal.ts';
import { jsonText } from '../../surfaces/json.ts';
import { chosen } from '../chosen.ts';
import { command } from '../command.ts';
import { SWITCH_OPTIONS, switchesSaid } from '../howOptions.ts';
import {
  choice,
  count,
  DATA_OPTIONS,
  dataSaid,
  JSON_OUT,
  LAYER,
  OUT,
  SEED,
  sourceOf,
  text,
} from '../options.ts';
import { writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { absolute } from '../words.ts';

/** More than this is no list of cells. */
const LARGEST_TRUTH = 100e6;

const methods = METHODS.map(({ id }) => id);

export const evaluate = command({
  name: 'evaluate',
  files: ['MODEL', 'DATA'],
  summary:
    'Is the map itself right? Deletion and insertion against random order, weights drawn anew, what the map adds up to',
  more: 'With --truth also how well it finds the cells that make the class.',
  options: {
    method: choice(
      [...methods, 'all'],
      'one method or all of them side by side (default: gradcam)',
      'NAME|all',
    ),
    layer: LAYER,
    case: text('ID|INDEX|all', 'one instance only (default: all)'),
    class: text('NAME|INDEX|predicted', 'whose logit is explained (default: predicted)'),
    replacement: choice([...REPLACEMENTS, 'all'], 'what stands in the place of removed cells (default: all)'),
    truth: {
      takes: 'FILE.json[#PART]',
      help: 'which cells make the class; PART where the file holds several sets',
      read: truthPath,
    },
    most: count(`instances that are judged; of more, a sample (default: ${MOST_JUDGED})`, 1, MOST_TO_JUDGE),
    draws: count(
      'how often weights are drawn anew (default: 5; 10 of one instance, 2 of a slow method)',
      1,
      1000,
    ),
    seed: SEED,
    json: JSON_OUT,
    out: OUT,
    ...SWITCH_OPTIONS,
    ...DATA_OPTIONS,
  },
  read: (files, said) => {
    const { method = 'gradcam', replacement = 'all' } = said;
    return {
      ...dataSaid(files, said),
      methods: method === 'all' ? methods : [method],
      layer: said.layer,
      case: said.case === 'all' ? undefined : said.case,
      target: said.class,
      replacements: replacement === 'all' ? undefined : [replacement],
      truth: said.truth,
      most: said.most,
      draws: said.draws,
      seed: said.seed ?? 1,
      json: said.json ?? false,
      out: said.out,
      ...switchesSaid(said),
    };
  },
  run: async ({ case: wanted, methods, json, out, truth, ...rest }, engine) => {
    const request = { ...rest, ...(await sourceOf(rest)) };
    const asked: EvaluateRequest = {
      ...request,
      truth: truth && { name: basename(truth.path), text: await readTruth(truth.path), member: truth.member },
      instances:
        wanted === undefined
          ? undefined
          : chosen(await engine.data(request, { report: progressLine() }), wanted),
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
  },
});

/** `FILE.json`, or `FILE.json#content` for a part of it. */
function truthPath(value: string): { readonly path: string; readonly member?: string } {
  const [, file, member] = /^(.*\.json)#(.+)$/is.exec(value) ?? [undefined, value];
  return { path: absolute(file!), ...(member !== undefined && { member }) };
}

async function readTruth(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readSmall(path, LARGEST_TRUTH));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('bad-truth', `The truth file ${error.message}`);
  }
}
