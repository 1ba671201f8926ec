import type { LayerRules } from '../layerRule.ts';
import { advancedActivations } from './advancedActivations.ts';
import { convRules } from './conv.ts';
import { denseRules } from './dense.ts';
import { mergingRules } from './merging.ts';
import { normalizationRules } from './normalization.ts';
import { poolingRules } from './pooling.ts';
import { shapeRules } from './shape.ts';

/** Every layer that is translated, by its class. A Map: a file may name a class `constructor`. */
export const layerRules: ReadonlyMap<string, LayerRules[string]> = new Map(
  Object.entries({
    ...advancedActivations,
    ...convRules,
    ...denseRules,
    ...mergingRules,
    ...normalizationRules,
    ...poolingRules,
    ...shapeRules,
  }),
);
