import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { Weights } from '../keras/layerContext.ts';
import type { KerasLayer, KerasModel } from '../keras/model.ts';

/** A layer and those it lies in, outermost first; each by every name its weights may bear. */
type Chain = readonly (readonly string[])[];

interface Named {
  readonly name: string;
  readonly folders: readonly string[];
  readonly last: string;
}

/**
 * The weights of every layer, found by their names: `conv1/kernel`, `block/conv1/kernel` inside a nested model,
 * `lstm/lstm_cell/kernel`, `both/forward_lstm/kernel`, or with a number instead of the last word.
 * @throws Refusal `weights-missing`, `weights-mismatch` where one is left over or two layers claim one.
 */
export function weightsByName(model: KerasModel, tensors: ReadonlyMap<string, Tensor>): Weights {
  const named = [...tensors.keys()].map((name): Named => {
    const words = name.replace(/:0$/, '').split('/');
    return { name, folders: words.slice(0, -1), last: words.at(-1)! };
  });
  const byLast = new Map<string, Named[]>();
  for (const one of named) {
    const alike = byLast.get(one.last) ?? [];
    byLast.set(one.last, alike);
    alike.push(one);
  }
  const weights = new Map<KerasLayer, readonly Tensor[]>();
  const claimed = new Map<string, string>();
  walkModel(model, []);
  const over = named.find(({ name }) => !claimed.has(name));
  if (over !== undefined) {
    throw new Refusal(
      'weights-mismatch',
      `The weight "${over.name}" belongs to no layer; convert the model again.`,
    );
  }
  return weights;

  function walkModel({ layers }: KerasModel, within: Chain): void {
    for (const layer of layers) walk(layer, [...within, [layer.name]], 1);
  }

  /** @param own how many of the chain's last links are the layer and what it is a part of. */
  function walk(layer: KerasLayer, chain: Chain, own: number): void {
    if (layer.variables.length > 0) {
      weights.set(
        layer,
        layer.variables.map(({ name }, i) => tensors.get(claim(layer, name, i, chain, own))!),
      );
    }
    for (const [key, part] of layer.parts) walk(part, [...chain, namesOf(key, part)], own + 1);
    if (layer.model !== undefined) walkModel(layer.model, chain);
  }

  function claim(layer: KerasLayer, variable: string, index: number, chain: Chain, own: number): string {
    const title = layer.config.title;
    const words = [variable, ...(ALIASES[layer.className]?.[variable] ?? [])];
    const spelt = words.flatMap((word) => byLast.get(word) ?? []);
    const candidates = [...spelt, ...(byLast.get(String(index)) ?? [])].filter(({ folders }) =>
      chain.slice(-own).some((names) => names.some((name) => folders.includes(name))),
    );
    const rank = ({ folders }: Named) =>
      100 * chain.filter((names) => names.some((name) => folders.includes(name))).length - folders.length;
    const [best, second] = candidates.sort((a, b) => rank(b) - rank(a));
    if (best === undefined) {
      throw new Refusal('weights-missing', `${title} has no weights "${variable}" in the files.`);
    }
    const before = claimed.get(best.name);
    if (before !== undefined || (second !== undefined && rank(second) === rank(best))) {
      throw new Refusal(
        'weights-mismatch',
        `${title}: it cannot be told whether the weight "${best.name}" is its own or that of ${before ?? 'another layer'}.`,
      );
    }
    claimed.set(best.name, title);
    return best.name;
  }
}

/** What TensorFlow.js and Keras 2 call a weight otherwise. */
const ALIASES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  DepthwiseConv1D: { kernel: ['depthwise_kernel'] },
  DepthwiseConv2D: { kernel: ['depthwise_kernel'] },
};

/** The layers of a Bidirectional are called after their direction. */
function namesOf(key: string, { name }: KerasLayer): readonly string[] {
  const direction = /^(forward|backward)_layer$/.exec(key)?.[1];
  return direction ? [`${direction}_${name.replace(/^((forward|backward)_)+/, '')}`] : [name];
}
