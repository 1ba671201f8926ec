import type { FullHow } from '../../attribution/how.ts';
import { methodNamed } from '../../attribution/methods.ts';
import { PREDICTED, RUNNER_UP } from '../../attribution/score.ts';
import type { LayerSummary } from '../../graph/layerSummary.ts';
import type { ExplainerOptions } from './options.ts';

/** What an explainer was made of; written into the file, every value a text. */
interface ExplainerOrigin {
  /** Name of the model file. */
  readonly model: string;
  readonly modelHash: string;
  readonly producer: string;
  readonly version: string;
  readonly layout: string;
  readonly steps: number;
  readonly batch: number | null;
  readonly classes: readonly string[];
  readonly features?: readonly string[];
  readonly maskedModel: boolean;
  readonly layer: Pick<LayerSummary, 'name' | 'tensor' | 'receptiveField'>;
  /** Centres of the layer's positions, in steps of the input. */
  readonly positions: Float64Array;
  readonly how: FullHow;
  /** Sentences on what was chosen of the model. */
  readonly notes: readonly string[];
}

/** `metadata_props` of the file: how the map was made, in terms that mean something without the extension. */
export function metadata(origin: ExplainerOrigin, options: ExplainerOptions): ReadonlyMap<string, string> {
  const { layer } = origin;
  const { label, formula, paper } = methodNamed(options.method);
  const { size, jump, start } = layer.receptiveField;
  return new Map([
    ['attribution.method', label],
    ['attribution.method_id', options.method],
    ['attribution.formula', formula],
    ['attribution.paper', paper],
    ['attribution.relu', `${options.relu}`],
    ['attribution.real_steps_only', `${options.maskedAlpha}`],
    ['attribution.masked_model', `${origin.maskedModel}`],
    ['attribution.layer', layer.name],
    ['attribution.tensor', layer.tensor],
    ['attribution.receptive_field', JSON.stringify({ size, jump, start })],
    ['attribution.positions', JSON.stringify([...origin.positions])],
    ['attribution.how', JSON.stringify(origin.how)],
    ['attribution.target', targetWords(options, origin.classes)],
    ['attribution.axes', origin.layout],
    ['attribution.steps', `${origin.steps}`],
    ['attribution.batch', origin.batch === null ? 'any' : `${origin.batch}`],
    ['attribution.padding', options.padding === 'length' ? `length@${options.side}` : options.padding],
    ['attribution.preprocess', options.preprocess ? JSON.stringify(options.preprocess) : 'none'],
    ['attribution.zones', JSON.stringify(['REAL', 'MIXED', 'EMPTY'])],
    ['attribution.classes', JSON.stringify(origin.classes)],
    ...(origin.features ? [['attribution.features', JSON.stringify(origin.features)] as const] : []),
    ...(origin.notes.length > 0 ? [['attribution.notes', JSON.stringify(origin.notes)] as const] : []),
    ['attribution.model', origin.model],
    ['attribution.model_sha256', origin.modelHash],
    ['attribution.model_producer', origin.producer],
    ['attribution.version', origin.version],
  ]);
}

function targetWords({ target, against, negative }: ExplainerOptions, classes: readonly string[]): string {
  const name = (index: number) => classes[index] ?? `class ${index}`;
  const whose = target === 'input' ? 'input' : target === PREDICTED ? 'predicted' : name(target);
  const other = against === undefined ? '' : ` - ${against === RUNNER_UP ? 'runner-up' : name(against)}`;
  return `${negative ? 'against ' : ''}${whose}${other}`;
}
