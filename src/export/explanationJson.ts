import type { Explanation } from '../attribution/explanation.ts';
import { flat, jsonNumber, nested } from './jsonNumbers.ts';

/** The JSON form of one explanation; stable: scripts depend on these names. */
export function explanationJson(explanation: Explanation, config: string | undefined): object {
  const { instance, prediction, target, layer, map, native, padding, provenance } = explanation;
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
    layer: layer.name,
    tensor: layer.tensor,
    method: explanation.method,
    relu: explanation.relu,
    maskedAlpha: explanation.maskedAlpha,
    maskedModel: explanation.maskedModel,
    map: twoDimensional ? nested(map.values, map.columns) : flat(map.values),
    mapNative: twoDimensional ? nested(native.values, native.columns) : flat(native.values),
    positions: flat(native.positions),
    zones: explanation.zones,
    shares: Object.fromEntries(
      Object.entries(explanation.shares).map(([zone, { map, positions }]) => [
        zone,
        { map: jsonNumber(map), positions: jsonNumber(positions) },
      ]),
    ),
    length: padding.length,
    mask: { values: Array.from(padding.mask), origin: padding.origin },
    findings: explanation.findings,
    provenance: { ...provenance, config },
  };
}
