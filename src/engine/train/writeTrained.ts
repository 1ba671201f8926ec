import type { Finding } from '../../finding.ts';
import { formatShare } from '../../format.ts';
import type { Graph } from '../../graph/graph.ts';
import { writtenSettings } from '../../project/writtenSettings.ts';
import { dropIn, maskInside, type PaddingLook } from '../../repair/dropIn.ts';
import type { FromScratch } from '../../training/fromScratch.ts';
import type { TrainingSeries } from '../../training/series.ts';
import type { TrainRequest } from '../requests.ts';
import type { Recipe } from './trainingSet.ts';

/** Share of series whose mask may be guessed wrongly from the padding. */
const WRONG_AT_MOST = 0.005;

const NO_LOOK: PaddingLook = { side: 'end', value: [] };

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
  const takesMask = model.maskInput !== undefined;
  // Only a model that takes a mask needs to know.
  const { look, wrong } = takesMask ? paddingOf(request, shape, series) : { look: NO_LOOK, wrong: 0 };
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
  return { written, maskInput, findings };
}

/** At either end where that is right on the series; else where it was trained with it. */
function paddingOf(
  { padding }: Pick<TrainRequest, 'padding'>,
  { features, steps }: Recipe['shape'],
  series: readonly TrainingSeries[],
): { readonly look: PaddingLook; readonly wrong: number } {
  const value = new Array<number>(features).fill(0);
  const sides = ['both', padding === 'start' ? 'front' : 'end'] as const;
  const found = sides.map((side) => {
    const look: PaddingLook = { side, value };
    const isWrong = ({ x, mask }: TrainingSeries) =>
      maskInside(x, steps, look).some((real, t) => real !== mask[t]);
    return { look, wrong: series.filter(isWrong).length };
  });
  return found[0]!.wrong <= WRONG_AT_MOST * series.length ? found[0]! : found[1]!;
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
