import { type Config, isObject, type Json, type JsonObject } from './config.ts';
import type { KerasLayer } from './model.ts';

type MakeLayer = (className: string, name: string, settings: JsonObject) => KerasLayer;

/** Layers inside a layer, by the attribute that holds them, in the order Keras keeps their weights. */
export function partsOf(className: string, config: Config, make: MakeLayer): ReadonlyMap<string, KerasLayer> {
  switch (className) {
    case 'LSTM':
    case 'GRU':
    case 'SimpleRNN':
      return new Map([['cell', make('RecurrentCell', 'cell', config.json)]]);
    case 'TimeDistributed':
      return new Map([['layer', inner(config, config.get('layer'), make)]]);
    case 'Bidirectional': {
      const forward = inner(config, config.get('layer'), make);
      const backward = config.get('backward_layer');
      return new Map([
        ['forward_layer', forward],
        ['backward_layer', backward === undefined ? reversed(forward, make) : inner(config, backward, make)],
      ]);
    }
    case 'MultiHeadAttention':
      return new Map(
        ['query', 'key', 'value', 'output'].map((name) => [
          `${name}_dense`,
          make('EinsumDense', name, { use_bias: config.flag('use_bias', true) }),
        ]),
      );
    default:
      return new Map();
  }
}

function inner(config: Config, value: Json | undefined, make: MakeLayer): KerasLayer {
  if (!isObject(value) || typeof value.class_name !== 'string' || !isObject(value.config)) {
    return config.wrong('layer', 'a layer');
  }
  // A model inside a wrapper would need its own graph for every step.
  if (isObject(value.config) && Array.isArray(value.config.layers))
    return config.refuse('it wraps a whole model');
  const { name } = value.config;
  return make(value.class_name, typeof name === 'string' ? name : 'layer', value.config);
}

function reversed(forward: KerasLayer, make: MakeLayer): KerasLayer {
  const backwards = !forward.config.flag('go_backwards', false);
  return make(forward.className, `backward_${forward.name}`, {
    ...forward.config.json,
    go_backwards: backwards,
  });
}
