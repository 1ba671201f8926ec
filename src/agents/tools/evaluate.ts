import { MOST_JUDGED, MOST_TO_JUDGE } from '../../evaluation/mostJudged.ts';
import { evaluationJson } from '../../export/evaluationJson.ts';
import { evaluationText } from '../../export/text/evaluationText.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { MAP, NAMES_ARE_DATA, SEED, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { instanceOf } from '../instanceOf.ts';
import { sourceOf } from '../sources.ts';

export const evaluate = tool({
  name: 'attribution_evaluate',
  title: 'Evaluate an Attribution Map',
  description: `Whether the maps of one method and layer are right for a time-series classifier: deletion and insertion of cells against random order (95 % intervals), the map after the weights are drawn anew, what it must add up to. Take it for "can I trust this map" or to choose between methods, one call each. It judges the map, not the model: a good map of a bad model scores well. A method that passes here need not find what a person would call the reason. "cannot tell" is an answer. Slow: seconds to minutes; fewer instances (most) are quicker and give wider intervals. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    case: {
      type: 'string',
      orPosition: true,
      description: 'Id or position of one instance. Default: a sample of the file.',
    },
    ...MAP,
    most: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_TO_JUDGE,
      description: `Most instances that are judged; of more, a sample. Default ${MOST_JUDGED}.`,
    },
    seed: SEED,
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const source = { ...(await sourceOf(said, roots)), prefer };
    const instances =
      said.case === undefined ? undefined : [await instanceOf(engine, source, said.case, options)];
    const { layer, method, class: target, most, seed } = said;
    const request = { ...source, layer, method, target, most, seed, instances };
    const found = await engine.call('evaluate', request, options);
    return { text: agentText(evaluationText(found)), numbers: agentJson(evaluationJson(found)) };
  },
});
