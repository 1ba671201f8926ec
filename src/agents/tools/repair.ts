import { repairJson } from '../../export/repairJson.ts';
import { repairText } from '../../export/text/repairText.ts';
import { ARMS } from '../../repair/armNames.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { NAMES_ARE_DATA, SEED, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { sourceOf } from '../sources.ts';

export const repair = tool({
  name: 'attribution_repair',
  title: 'Try to Repair a Model',
  description: `What a repair would bring to a model that leans on padding or length, judged by folds on instances it has not learnt from: every layer masked, the last linear layer refitted, masked training, random lengths; before and after with 95 % intervals, the exact McNemar test, and which repair a written rule chooses, or that nothing helps. Take it after attribution_audit has found something to repair. It writes no model; the command line's "repair MODEL DATA --out OUT.onnx" does. Needs labels: at least 20 instances and 5 of every class. Takes minutes; reports progress and can be cancelled. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    with: {
      type: 'string',
      enum: [...ARMS, 'auto', 'all'],
      description: 'One repair by name, those that fit (auto), or every one. Default: auto.',
    },
    mask_input: {
      type: 'boolean',
      description:
        'Judge the repair as a model that takes its mask as a second input. Default false: as a drop-in, which finds its mask by the padding.',
    },
    seed: SEED,
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const source = { ...(await sourceOf(said, roots)), prefer };
    const { with: arm, seed, mask_input: maskInput } = said;
    const { found } = await engine.call('repair', { ...source, arm, maskInput, seed }, options);
    return { text: agentText(repairText(found, null)), numbers: agentJson(repairJson(found, null)) };
  },
});
