import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { Weights } from './layerContext.ts';
import type { KerasLayer, KerasModel } from './model.ts';

/**
 * Weights where each layer has a flat list of all weights inside it: legacy .h5 and TensorFlow.js.
 * Keras lists those that are trained first, in the order of the layers inside, then the others.
 * @param listOf a layer of the model by name → its weights in that order; undefined where the file has none for it.
 * @throws Refusal `weights-mismatch` where a layer has more or fewer
 */
export function weightsInOrder(
  model: KerasModel,
  listOf: (layer: string) => readonly Tensor[] | undefined,
): Weights {
  const weights = new Map<KerasLayer, Tensor[]>();
  for (const layer of model.layers) {
    const wanted = allVariables(layer, true);
    const list = listOf(layer.name) ?? [];
    if (list.length !== wanted.length) {
      throw new Refusal(
        'weights-mismatch',
        `${layer.config.title} has ${list.length} weights in the file, but its configuration asks for ${wanted.length}.`,
      );
    }
    const ordered = [
      ...wanted.filter(({ trainable }) => trainable),
      ...wanted.filter(({ trainable }) => !trainable),
    ];
    const tensorOf = new Map(ordered.map((one, i) => [one, list[i]!]));
    for (const one of wanted) {
      weights.set(one.owner, [...(weights.get(one.owner) ?? []), tensorOf.get(one)!]);
    }
  }
  return weights;
}

interface Owned {
  readonly owner: KerasLayer;
  readonly trainable: boolean;
}

/** The variables of a layer and of all inside it. */
function allVariables(layer: KerasLayer, trainable: boolean): Owned[] {
  const learns = trainable && layer.trainable;
  return [
    ...layer.variables.map((variable) => ({ owner: layer, trainable: learns && variable.trainable })),
    ...[...layer.parts.values()].flatMap((part) => allVariables(part, learns)),
    ...(layer.model?.layers ?? []).flatMap((inner) => allVariables(inner, learns)),
  ];
}

/**
 * Weights by the path Keras 3 keeps them at: `layers/<class in snake case>[_<number>]/vars/<number>`, inside that
 * `cell`, `forward_layer`, `query_dense` and so on.
 * @param tensorAt undefined where there is nothing at that path.
 * @throws Refusal `weights-missing`
 */
export function weightsByPath(model: KerasModel, tensorAt: (path: string) => Tensor | undefined): Weights {
  const weights = new Map<KerasLayer, Tensor[]>();
  walkModel(model, '');
  return weights;

  function walkModel({ layers }: KerasModel, path: string): void {
    const used = new Map<string, number>();
    for (const layer of layers.filter(({ className }) => !className.startsWith('op:'))) {
      const name = snakeCase(layer.className);
      const count = used.get(name) ?? 0;
      used.set(name, count + 1);
      walk(layer, `${path}layers/${name}${count === 0 ? '' : `_${count}`}`);
    }
  }

  function walk(layer: KerasLayer, path: string): void {
    if (layer.variables.length > 0) {
      const tensors = layer.variables.map(({ name }, i) => {
        const found =
          tensorAt(`${path}/vars/${i}`) ?? tensorAt(`${path.replace(/(?<!\w)(\w+)$/, '_$1')}/vars/${i}`);
        if (found === undefined) {
          throw new Refusal('weights-missing', `${layer.config.title} has no weights "${name}" in the file.`);
        }
        return found;
      });
      weights.set(layer, tensors);
    }
    for (const [key, part] of layer.parts) walk(part, `${path}/${key}`);
    if (layer.model !== undefined) walkModel(layer.model, `${path}/`);
  }
}

/** `GlobalAveragePooling1D` → `global_average_pooling1d`, as Keras does it. */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
