import { Refusal } from '../../refusal.ts';
import { type KerasCall, type KerasLayer, type KerasModel, referencesOf } from './model.ts';

/** A call of a layer of the model. */
interface Placed {
  readonly layer: KerasLayer;
  readonly node: number;
}

/**
 * The calls the outputs rest on in the order Keras runs them: those farthest from the outputs first. It matters where a
 * layer changes what others see (an attention layer takes the masks off its inputs), and it is the order of `summary()`.
 * @throws Refusal `broken-model` for layers that run in a circle
 */
export function callOrder(model: KerasModel): Placed[] {
  const found = callsBeforeReaders(model);
  const keyOf = (layer: string, node: number) => `${node} ${layer}`;
  const depths = new Map<string, number>();
  const layerDepths = new Map<KerasLayer, number>();
  for (const { layer, node } of found.toReversed()) {
    const depth = Math.max(depths.get(keyOf(layer.name, node)) ?? 0, layerDepths.get(layer) ?? 0);
    layerDepths.set(layer, depth);
    depths.set(keyOf(layer.name, node), depth);
    for (const before of neededBy(layer.calls[node]!)) {
      const key = keyOf(before.layer, before.node);
      depths.set(key, Math.max(depth + 1, depths.get(key) ?? 0));
    }
  }
  const rank = new Map([...depths.keys()].map((key, i) => [key, i]));
  return found
    .map((placed) => ({ placed, key: keyOf(placed.layer.name, placed.node) }))
    .sort((a, b) => depths.get(b.key)! - depths.get(a.key)! || rank.get(a.key)! - rank.get(b.key)!)
    .map(({ placed }) => placed);
}

function neededBy({ args, kwargs }: KerasCall) {
  return [...args, ...kwargs.values()].flatMap(referencesOf);
}

/** Depth first with an own stack: a model may be a chain of many thousand layers. */
function callsBeforeReaders(model: KerasModel): Placed[] {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const state = new Map<string, 'open' | 'done'>();
  const order: Placed[] = [];
  const keyOf = (layer: string, node: number) => `${node} ${layer}`;
  const stack: { placed: Placed; key: string; waits: Iterator<{ layer: string; node: number }> }[] = [];
  const open = (layer: string, node: number, reader: string) => {
    const call: KerasCall | undefined = layers.get(layer)?.calls[node];
    if (call === undefined) {
      throw new Refusal(
        'broken-model',
        `${reader} takes what call ${node} of the layer "${layer}" gives, which does not exist.`,
      );
    }
    const key = keyOf(layer, node);
    state.set(key, 'open');
    stack.push({ placed: { layer: layers.get(layer)!, node }, key, waits: neededBy(call).values() });
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
