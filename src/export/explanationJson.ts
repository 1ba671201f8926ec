import { measuredOrLabel } from '../attribution/answerWords.ts';
import type { Explanation } from '../attribution/explanation.ts';
import { switchesOf } from '../attribution/switches.ts';
import { flat, jsonNumber, nested } from './jsonNumbers.ts';

/** The JSON form of one explanation; stable: scripts depend on these names. */
export function explanationJson(explanation: Explanation, config: string | undefined): object {
  const { instance, target, layer, how, map, native, padding, provenance } = explanation;
  const { values } = explanation.prediction;
  const twoDimensional = layer.rank === 2;
  return {
    case: instance.id,
    index: instance.index,
    ...answerJson(explanation),
    against: target.against?.name,
    againstIndex: target.against?.index,
    negative: target.negative,
    layer: layer.name,
    tensor: layer.tensor,
    method: how.method,
    options: how.options,
    ...switchesOf(how),
    map: twoDimensional ? nested(map.values, map.columns) : flat(map.values),
    mapNative: twoDimensional ? nested(native.values, native.columns) : flat(native.values),
    positions: flat(native.positions),
    zones: explanation.zones,
    shares: sharesJson(explanation.shares),
    length: padding.length,
    mask: { values: Array.from(padding.mask), origin: padding.origin },
    completeness: explanation.completeness,
    [values ? 'outputMaps' : 'classMaps']: explanation.classMaps?.map((one) => ({
      ...(values
        ? { output: one.target.name, outputIndex: one.target.index }
        : { class: one.target.name, classIndex: one.target.index }),
      map: twoDimensional ? nested(one.map.values, one.map.columns) : flat(one.map.values),
      shares: sharesJson(one.shares),
    })),
    findings: explanation.findings,
    provenance: { ...provenance, config },
  };
}

/** What was answered, and which part of it is explained: classes, or outputs that are numbers. */
function answerJson({ instance, prediction, target }: Explanation): object {
  const { logits, probabilities, predicted, classes, values } = prediction;
  if (!values) {
    return {
      label: instance.label,
      logits: flat(logits),
      probabilities: probabilities && flat(probabilities),
      predicted,
      classes,
      class: target.name,
      classIndex: target.index,
    };
  }
  const { steps, channels } = values;
  return {
    task: 'regression',
    ...measuredOrLabel(instance.label),
    values: flat(logits),
    outputs: classes,
    output: target.name,
    outputIndex: target.index,
    value: jsonNumber(logits[target.index] ?? Number.NaN),
    ...(steps !== null && {
      outputStep: Math.floor(target.index / channels),
      outputChannel: target.index % channels,
    }),
  };
}

function sharesJson(shares: Explanation['shares']): object {
  return Object.fromEntries(
    Object.entries(shares).map(([zone, { map, positions }]) => [
      zone,
      { map: jsonNumber(map), positions: jsonNumber(positions) },
    ]),
  );
}
