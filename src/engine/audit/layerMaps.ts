import { explainPrepared } from '../../attribution/explainInstances.ts';
import type { Raster } from '../../attribution/explanation.ts';
import type { MapOptions } from '../../attribution/mapGraph.ts';
import { zonesOf } from '../../attribution/zones.ts';
import type { Layer } from '../../graph/classifier.ts';
import type { AuditCase, InputShape } from '../../padding/auditCase.ts';
import type { InstanceMaps } from '../../padding/mapFacts.ts';
import type { Prepared } from '../../preprocess/prepared.ts';
import type { OpenModel } from '../models.ts';
import type { Sessions } from '../sessions.ts';

/** Signed maps of every case at one layer: Grad-CAM of each class, masked-α Grad-CAM and HiResCAM of the predicted one. */
export async function layerMaps(
  {
    model,
    sessions,
    shape,
  }: { readonly model: OpenModel; readonly sessions: Sessions; readonly shape: InputShape },
  layer: Layer,
  cases: readonly AuditCase[],
  predicted: Int32Array,
): Promise<InstanceMaps[]> {
  const prepared = cases.map((one) => asPrepared(one, shape));
  const maps = async (settings: Pick<MapOptions, 'method' | 'maskedAlpha'>, target: number) => {
    const options = { ...settings, relu: false };
    const session = await sessions.get(model, layer, options);
    const found = await explainPrepared({
      model: model.classifier,
      layer,
      options,
      session,
      prepared,
      target,
    });
    return found.map(({ native }) => native);
  };
  const gradcam: Raster[][] = [];
  for (let cls = 0; cls < model.classifier.classes; cls++) {
    gradcam.push(await maps({ method: 'gradcam', maskedAlpha: false }, cls));
  }
  const masked = await maps({ method: 'gradcam', maskedAlpha: true }, -1);
  const hires = await maps({ method: 'hirescam', maskedAlpha: false }, -1);
  return cases.map((one, i) => ({
    rows: hires[i]!.rows,
    zones: zonesOf(layer, one.mask).positions,
    gradcam: gradcam.map((map) => map[i]!.values),
    maskedAlpha: masked[i]!.values,
    hirescam: hires[i]!.values,
    predicted: predicted[i]!,
  }));
}

/** The audit's case as the attribution room takes an instance; the way back to the file is not needed there. */
export function asPrepared(one: AuditCase, { features, steps }: InputShape): Prepared {
  return {
    x: one.x,
    features,
    steps,
    mask: { values: one.mask, length: one.length, origin: '' },
    source: new Int32Array(steps).fill(-1),
    findings: [],
  };
}
