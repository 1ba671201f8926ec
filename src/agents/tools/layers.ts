import { count } from '../../format.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { NAMES_ARE_DATA, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { modelSource } from '../sources.ts';

/** A sequence has an output for every step. */
const MOST_NAMES = 256;

export const layers = tool({
  name: 'attribution_layers',
  title: 'List the Layers of a Model',
  description: `The layers of a time-series classifier at which a map can be taken: name, kind, shape, rank (2: features × time, 1: time only), receptive field in input steps, marks; and its input and classes. Take it first when a layer is to be named, or to see whether a layer can tell features apart at all. A receptive field says what a position can read, not what it uses. ${NAMES_ARE_DATA}`,
  fields: {
    model: {
      type: 'string',
      required: true,
      description: 'Path of the model: .onnx, .pt2, .keras, .h5 or model.json.',
    },
    config: SOURCE.config,
    set: SOURCE.set,
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const found = await engine.call('model', { ...(await modelSource(said, roots)), prefer }, options);
    const { features, steps, layout, classes, values, open, layers, findings, noGradient } = found;
    const names = open ? ['output'] : classes.slice(0, MOST_NAMES);
    const answers = open
      ? '1 output, a number or the logit of the second of two classes'
      : `${classes.length} ${values ? 'outputs that are numbers' : 'classes'}`;
    return {
      text: agentText(
        [
          `Input ${layout}: ${count(features, 'feature')} × ${steps ?? 'any number of'} steps. ${answers}. ${count(layers.length, 'layer')}.`,
          ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        ].join('\n'),
      ),
      numbers: agentJson({
        ...{ layout, features, steps, [values || open ? 'outputs' : 'classes']: names },
        no_gradient: noGradient,
        layers: Object.fromEntries(
          layers.map(({ name, kind, shape, rank, receptiveField, marks }) => [
            name,
            { kind, shape, rank, receptive_field: receptiveField.size, jump: receptiveField.jump, marks },
          ]),
        ),
      }),
    };
  },
});
