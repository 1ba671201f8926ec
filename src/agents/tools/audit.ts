import { auditJson } from '../../export/auditJson.ts';
import { auditText } from '../../export/text/auditText.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { LAYER, NAMES_ARE_DATA, SEED, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { instanceOf } from '../instanceOf.ts';
import { sourceOf } from '../sources.ts';

export const audit = tool({
  name: 'attribution_audit',
  title: 'Audit What the Padding Does',
  description: `What zero-padding does to a time-series classifier, over a whole data file: three answers with numbers and 95 % intervals (does the model read the class off the length; do answers change with where the padding lies and how much of it there is; do they change with what it holds, or does that give the class away), what the map shows on padding as information, and advice that says what it rests on. Take it for "does my model use its padding" and "does it cheat with the length". The answers are to different questions: do not add them up to one, do not turn fragility to unfamiliar padding into use of length, and do not take the map's share on padding for use of padding or for its absence. "cannot tell" is an answer; the sentence says what would tell. Long on large files; reports progress and can be cancelled. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    case: {
      type: 'string',
      orPosition: true,
      description: 'Id or position of one instance; intervals need the whole file. Default: the whole file.',
    },
    layer: { ...LAYER, description: 'Layer the map verdict is about. Default: the first convolution.' },
    seed: SEED,
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const source = { ...(await sourceOf(said, roots)), prefer };
    const instances =
      said.case === undefined ? undefined : [await instanceOf(engine, source, said.case, options)];
    const { layer, seed } = said;
    const found = await engine.call('audit', { ...source, layer, seed, instances }, options);
    return { text: agentText(auditText(found)), numbers: agentJson(auditJson(found)) };
  },
});
