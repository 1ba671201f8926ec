import { SWITCH_NAMES } from '../attribution/switches.ts';
import { wrapped } from './wrapped.ts';

const part = (form: string, says: string) => `${form.padEnd(6)}${wrapped(says, 6)}`;

/** What stands in each form of `explain`. */
export const EXPLAIN_OUTPUT = [
  part(
    'JSON',
    `one object, an array of them for --case all: case, index, label, logits, probabilities, predicted (index), classes, class, classIndex, against, negative, layer, method, options, ${SWITCH_NAMES.join(', ')}, map [F][T] or [T] on the input axis, mapNative and positions as the layer has them, zones, shares, length, mask, completeness (integrated gradients), classMaps (--class all), findings, provenance`,
  ),
  part(
    'NPZ',
    'map [N, F, T] or [N, T], map_native, positions [N, P], logits [N, C], probabilities [N, C], predicted [N], lengths [N], with --class all class_maps [N, K, …] and class_index [N, K]; where instances differ in steps (dynamic time axis) the rest is NaN',
  ),
  part(
    'CSV',
    'one row per input step: case, step, line, zone, then one column per feature, or map for a layer without features',
  ),
  part('SVG', 'and PNG: one instance as a picture: map, zones, signals, answer'),
  part('HTML', 'one instance as a page to read and print: picture, numbers, findings, where they come from'),
].join('\n');
