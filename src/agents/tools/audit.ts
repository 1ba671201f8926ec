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
  description: `What zero-padding does to a time-series classifier, over a whole data file: separate verdicts with numbers and 95 % intervals (is the map's shine on padding an artefact of how it is made; do answers flip when padding merely looks different; does the model read the class off the length), and advice. Take it for "does my model use its padding" and "does it cheat with the length". The verdicts answer different questions: do not add them up to one, and do not turn fragility to unfamiliar padding into use of length. "cannot tell" is an answer; the sentence says what would tell. Long on large files; reports progress and can be cancelled. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    case: {
      type: 'string',
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
