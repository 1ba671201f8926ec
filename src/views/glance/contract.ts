import type { SeriesGlance } from '../../engine/glance/seriesGlance.ts';
import type { ModelSummary } from '../../engine/modelSummary.ts';
import type { Finding } from '../../finding.ts';
import type { ReadingView } from '../../session/reading/readingView.ts';
import type { GlanceCommand } from './commands.ts';

/** A data file, without its values. */
export interface SeriesFile extends Pick<ReadingView, 'facts'> {
  readonly name: string;
  readonly plan: NonNullable<ReadingView['plan']>;
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly instances: number;
}

/** A model file. */
export interface ModelFile
  extends Pick<
    ModelSummary,
    'features' | 'steps' | 'layout' | 'classes' | 'values' | 'layers' | 'noGradient' | 'findings'
  > {
  readonly name: string;
  /** Layers that were left out, so many are there. */
  readonly more: number;
}

/** Extension host → the page of an editor that shows one file. */
export type ToGlance =
  | { readonly kind: 'busy'; readonly what: string }
  | {
      readonly kind: 'refused';
      readonly sentence: string;
      readonly actions: readonly { readonly label: string; readonly command: GlanceCommand }[];
    }
  | { readonly kind: 'file'; readonly file: SeriesFile }
  | { readonly kind: 'series'; readonly index: number; readonly series: SeriesGlance }
  | { readonly kind: 'model'; readonly model: ModelFile };

/** What of a data file is looked at, by position: an instance, and its features from one on. */
export interface GlancePlace {
  readonly instance: number;
  readonly from: number;
}

/** Page → extension host. */
export type FromGlance =
  /** It is there, or there again, and wants all of the file. */
  | { readonly kind: 'ready'; readonly at: GlancePlace }
  | { readonly kind: 'turn'; readonly at: GlancePlace }
  | { readonly kind: 'run'; readonly command: GlanceCommand };

export type { GlanceCommand, SeriesGlance };
