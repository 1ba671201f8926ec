import { listed } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { Classifier } from './classifier.ts';
import { foldedNorms, isPath } from './foldedNorms.ts';
import { placeLayer } from './layerAxes.ts';
import { type Layer, noteOf, toLayer } from './layers.ts';

/**
 * A layer by its shown name, by the path of a module whose output it is, or by the name of any tensor that has a time
 * axis.
 * @throws Refusal `unknown-layer` naming those there are, or `layer-without-time` saying why the tensor cannot be drawn.
 */
export function layerOrTensor(classifier: Classifier, name: string): Layer {
  const shown = classifier.layers.find((layer) => layer.name === name);
  if (shown !== undefined) return shown;
  const choices = classifier.modules.unclear.get(name);
  if (choices !== undefined) {
    throw new Refusal(
      'unknown-layer',
      `The module "${listed([name])}" gives several tensors over time, and the file does not say which is its output: ask for one of them, ${listed(choices, 6)}.`,
    );
  }
  const tensor = tensorNamed(classifier, name);
  if (tensor === undefined) {
    const names = classifier.layers.map((layer) => layer.name);
    const some = listed(names.slice(0, 12), 12);
    const list = names.length > 12 ? `${some}, …` : some;
    const there = list === '' ? 'no layer of it can be drawn over time' : `its layers are ${list}`;
    throw new Refusal('unknown-layer', `The model has no layer or tensor "${listed([name])}"; ${there}.`);
  }
  const norms = foldedNorms(classifier.graph, classifier.modules);
  const { features } = classifier.input;
  const known = classifier.layers.find((layer) => layer.tensor === tensor);
  if (known !== undefined) {
    const note = noteOf(norms, classifier.modules, features, name, tensor, known);
    return note === undefined ? known : { ...known, note };
  }
  const loose = classifier.shapes.lengths(tensor).size > 0;
  const place = loose
    ? 'has as many positions as the values of the input say'
    : placeLayer(classifier.tracks.get(tensor), classifier.shapes.dims(tensor), {
        features,
        batch: classifier.shapes.batch,
      });
  if (typeof place === 'string') {
    throw new Refusal(
      'layer-without-time',
      `The tensor "${listed([name])}" ${place}, so no map can be drawn for it.`,
    );
  }
  const maker = classifier.graph.nodes.find((node) => node.outputs.includes(tensor));
  const note = noteOf(norms, classifier.modules, features, name, tensor, place);
  return toLayer(name, { tensor, parts: [{ op: maker?.op ?? 'Input', tensor }] }, place, [], note);
}

function tensorNamed(classifier: Classifier, name: string): string | undefined {
  const { outputs } = classifier.modules;
  const exact = outputs.get(name)?.tensor;
  if (exact !== undefined) return exact;
  if (classifier.tracks.has(name) || classifier.shapes.dims(name) !== undefined) return name;
  const folded = foldedNorms(classifier.graph, classifier.modules).find(({ conv }) => isPath(conv, name));
  if (folded) return folded.node.outputs[0];
  const ending = [...outputs.keys()].filter((path) => path.endsWith(`.${name}`) || name.endsWith(`.${path}`));
  return ending.length === 1 ? outputs.get(ending[0]!)?.tensor : undefined;
}
