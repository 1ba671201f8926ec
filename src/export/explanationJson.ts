import type { Explanation } from '../attribution/explanation.ts';
import { switchesOf } from '../attribution/switches.ts';
import { flat, jsonNumber, nested } from './jsonNumbers.ts';

/** The JSON form of one explanation; stable: scripts depend on these names. */
export function explanationJson(explanation: Explanation, config: string | undefined): object {
  const { instance, prediction, target, layer, how, map, native, padding, provenance } = explanation;
  const twoDimensional = layer.rank === 2;
  return {
    case: instance.id,
    index: instance.index,
    label: instance.label,
    logits: flat(prediction.logits),
    probabilities: flat(prediction.probabilities),
    predicted: prediction.predicted,
    classes: prediction.classes,
    class: target.name,
    classIndex: target.index,
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
    classMaps: explanation.classMaps?.map((one) => ({
      class: one.target.name,
      classIndex: one.target.index,
      map: twoDimensional ? nested(one.map.values, one.map.columns) : flat(one.map.values),
      shares: sharesJson(one.shares),
    })),
    findings: explanation.findings,
    provenance: { ...provenance, config },
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
