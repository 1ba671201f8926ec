import { answerFigure, valueAnswer, valueWords } from '../../attribution/answerWords.ts';
import type { Explanation } from '../../attribution/explanation.ts';
import { INPUT_LAYER } from '../../attribution/inputLayer.ts';
import { methodLabel } from '../../attribution/methods.ts';
import { optionWords } from '../../attribution/optionText.ts';
import { switchWords } from '../../attribution/switches.ts';
import { targetTitle } from '../../attribution/targetTitle.ts';
import { formatNumber, formatShare } from '../../format.ts';
import type { ColourRange } from '../../raster/colourRange.ts';

/** What the map is, in words: `Grad-CAM of conv2dblock for walk`. */
export function mapName({ how, layer, target }: Explanation): string {
  const where = layer.name === INPUT_LAYER ? 'at the input' : `of ${layer.name}`;
  return `${methodLabel(how.method)} ${where} ${targetTitle(target)}`;
}

/** The line below the title: which instance, what was predicted. */
export function answer(explanation: Explanation): string {
  const { instance, prediction, target } = explanation;
  const value = valueAnswer(explanation);
  if (value) return `${instance.id} · ${valueWords(value)}`;
  const { predicted, classes } = prediction;
  const name = (index: number) => classes[index] ?? `class ${index}`;
  const p = (index: number) => answerFigure(prediction, index, probability);
  return [
    instance.id,
    `predicted ${name(predicted)}, ${p(predicted)}`,
    target.index !== predicted && `${target.name} is not the predicted class, ${p(target.index)}`,
    instance.label !== undefined && `label ${instance.label}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Three digits, never rounded to a certainty that is not there. */
export function probability(value: number): string {
  if (value > 0.9995 && value < 1) return '> 0.999';
  if (value > 0 && value < 0.0005) return '< 0.001';
  return value.toFixed(3);
}

/** What was chosen beside method and layer. */
export function choices({ how }: Explanation): string[] {
  return [...optionWords(how.options ?? {}), ...switchWords(how)];
}

/** How the zones share the map; a fact, not a verdict. */
export function zoneWords({ shares, padding, map }: Explanation): string {
  if (padding.length >= map.columns)
    return `${map.columns} ${map.columns === 1 ? 'step' : 'steps'}, none padded`;
  const zones = (['REAL', 'MIXED', 'EMPTY'] as const).map(
    (zone) => `${zone} ${formatShare(shares[zone].map)}`,
  );
  return `${padding.length} of ${map.columns} steps are real · |map|: ${zones.join(', ')} · hatched: padding`;
}

/** How to read the colours. */
export function colourWords({ signals, zones }: Explanation, range: ColourRange, pooled: number): string {
  const padded = zones.some(({ zone }) => zone !== 'REAL');
  return [
    range.signed ? 'blue negative, orange positive' : 'from 0',
    'scale of this instance, numbers not normalised',
    padded &&
      (range.over === 'real steps' ? 'padding left out of the scale' : 'padding included in the scale'),
    range.beyond !== null && `padding reaches ${formatNumber(range.beyond)}, drawn in the end colour`,
    pooled > 1 && `each cell shows the strongest of ${pooled}`,
    signals.raw ? 'lines in the units of the file' : 'lines as the model is given them',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Where the numbers come from. */
export function originWords({ provenance }: Explanation): string {
  const { data, model, modelHash, runtime, version } = provenance;
  return `${fileName(data)} · ${fileName(model)} ${modelHash.slice(0, 12)} · ${runtime} · Attribution Lens ${version}`;
}

/** The last part of a path of any platform. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Of characters the font of a PNG lacks. */
export function notDrawn(missing: readonly string[]): string {
  const some = missing.slice(0, 12).join(' ');
  return `The font of the PNG has no ${some}${missing.length > 12 ? ' …' : ''}: boxes are drawn in their place; the SVG shows them.`;
}
