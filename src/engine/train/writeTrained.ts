import type { Finding } from '../../finding.ts';
import { formatShare } from '../../format.ts';
import type { Graph } from '../../graph/graph.ts';
import { withoutUnread } from '../../graph/topology.ts';
import { writtenSettings } from '../../project/writtenSettings.ts';
import { dropIn, maskInside, type PaddingLook } from '../../repair/dropIn.ts';
import type { FromScratch } from '../../training/fromScratch.ts';
import type { TrainingSeries } from '../../training/series.ts';
import type { TrainRequest } from '../requests.ts';
import type { Recipe } from './trainingSet.ts';

/** Share of series whose mask may be guessed wrongly from the padding. */
const WRONG_AT_MOST = 0.005;

interface Written {
  readonly written: Graph;
  readonly maskInput: boolean;
  readonly findings: readonly Finding[];
}

/** The trained network as it is written: its mask computed inside where that is right on the series it was trained with. */
export function writtenGraph(
  request: TrainRequest,
  { shape }: Recipe,
  { graph, model }: FromScratch,
  series: readonly TrainingSeries[],
): Written {
  const look: PaddingLook = {
    side: request.padding === 'start' ? 'front' : 'end',
    value: Array.from({ length: shape.features }, () => 0),
  };
  const takesMask = model.maskInput !== undefined;
  // Only a model that takes a mask needs to know.
  const wrong = takesMask
    ? series.filter(({ x, mask }) => maskInside(x, shape.steps, look).some((real, t) => real !== mask[t]))
        .length
    : 0;
  const guessable = wrong / series.length <= WRONG_AT_MOST;
  const maskInput = takesMask && (request.maskInput || !guessable);
  const written = takesMask && !maskInput ? dropIn(graph, model.input, model.maskInput!, look) : graph;
  const findings: Finding[] =
    maskInput && !request.maskInput
      ? [
          {
            code: 'mask-not-inside',
            severity: 'warning',
            sentence: `The mask stays a second input of the model: guessed from the padding it would be wrong for ${formatShare(wrong / series.length)} of the series.`,
          },
        ]
      : [];
  return { written: withoutUnread(written), maskInput, findings };
}

/** attribution.json that feeds the network, without "model". */
export async function settingsOf(
  { project, set }: Pick<TrainRequest, 'project' | 'set'>,
  { classes, features, steps }: Recipe,
): Promise<Readonly<Record<string, unknown>>> {
  const as = await writtenSettings(project, set);
  return {
    input: 'NFT',
    classes,
    ...as,
    data: { ...as.data, features },
    preprocess: steps.map(({ kind, ...rest }) => {
      const { by: _, ...numbers } = rest as { readonly by?: string };
      return { [kind]: numbers };
    }),
  };
}
