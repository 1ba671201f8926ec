import { Refusal } from '../../refusal.ts';
import { type Call, type KerasLayer, type KerasModel, referencesOf } from './model.ts';

/** A call of a layer of the model. */
export interface Placed {
  readonly layer: KerasLayer;
  readonly node: number;
}

/**
 * The calls the outputs rest on, each after those it takes something from, else in the order of the file.
 * Depth first with an own stack: a model may be a chain of many thousand layers.
 * @throws Refusal `broken-model` for layers that run in a circle
 */
export function callOrder(model: KerasModel): Placed[] {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const state = new Map<string, 'open' | 'done'>();
  const order: Placed[] = [];
  const keyOf = (layer: string, node: number) => `${node} ${layer}`;
  const stack: { placed: Placed; key: string; waits: Iterator<{ layer: string; node: number }> }[] = [];
  const open = (layer: string, node: number, reader: string) => {
    const call: Call | undefined = layers.get(layer)?.calls[node];
    if (call === undefined) {
      throw new Refusal(
        'broken-model',
        `${reader} takes what call ${node} of the layer "${layer}" gives, which does not exist.`,
      );
    }
    const key = keyOf(layer, node);
    state.set(key, 'open');
    const needs = [...call.args, ...call.kwargs.values()].flatMap(referencesOf);
    stack.push({ placed: { layer: layers.get(layer)!, node }, key, waits: needs.values() });
  };
  for (const output of model.outputs) {
    if (!state.has(keyOf(output.layer, output.node))) open(output.layer, output.node, 'The model');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.waits.next();
      if (next.done) {
        state.set(top.key, 'done');
        order.push(top.placed);
        stack.pop();
        continue;
      }
      const seen = state.get(keyOf(next.value.layer, next.value.node));
      if (seen === 'open') {
        throw new Refusal('broken-model', `The layers run in a circle through "${next.value.layer}".`);
      }
      if (seen === undefined) open(next.value.layer, next.value.node, top.placed.layer.config.title);
    }
  }
  return order;
}
