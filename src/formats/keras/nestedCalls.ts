import {
  type KerasArgument,
  type KerasCall,
  type KerasModel,
  type Reference,
  referencesOf,
} from './model.ts';

/**
 * Keras 2 and TensorFlow.js count the building of a nested model as its call 0, which the file leaves out; Keras 3 does
 * not. Here the first call that is written is call 0.
 */
export function withoutBuildingCalls(model: KerasModel): KerasModel {
  const references = [
    ...model.layers.flatMap(({ calls }) => calls.flatMap(argumentsOf)).flatMap(referencesOf),
    ...model.outputs,
  ];
  const shifted = new Set(
    model.layers
      .filter((layer) => {
        if (layer.model === undefined) return false;
        const nodes = references.filter((one) => one.layer === layer.name).map(({ node }) => node);
        return nodes.includes(layer.calls.length) && !nodes.includes(0);
      })
      .map(({ name }) => name),
  );
  if (shifted.size === 0) return model;
  const moved = (reference: Reference): Reference =>
    shifted.has(reference.layer) ? { ...reference, node: reference.node - 1 } : reference;
  const changed = (argument: KerasArgument): KerasArgument =>
    argument.kind === 'tensor'
      ? { kind: 'tensor', from: moved(argument.from) }
      : argument.kind === 'list'
        ? { kind: 'list', items: argument.items.map(changed) }
        : argument;
  return {
    ...model,
    outputs: model.outputs.map(moved),
    layers: model.layers.map((layer) => ({
      ...layer,
      calls: layer.calls.map(({ args, kwargs }) => ({
        args: args.map(changed),
        kwargs: new Map([...kwargs].map(([key, argument]) => [key, changed(argument)])),
      })),
    })),
  };
}

function argumentsOf({ args, kwargs }: KerasCall): KerasArgument[] {
  return [...args, ...kwargs.values()];
}
