import type { LayerRule } from '../layerRule.ts';
import { advancedActivations } from './advancedActivations.ts';
import { attentionRules } from './attention.ts';
import { convRules } from './conv.ts';
import { denseRules } from './dense.ts';
import { mergingRules } from './merging.ts';
import { normalizationRules } from './normalization.ts';
import { operationRules } from './operations.ts';
import { poolingRules } from './pooling.ts';
import { recurrentRules } from './recurrent.ts';
import { shapeRules } from './shape.ts';
import { timeDistributed } from './wrappers.ts';

/** Every layer that is translated, by its class. A Map: a file may name a class `constructor`. */
export const layerRules: ReadonlyMap<string, LayerRule> = new Map(
  Object.entries({
    ...advancedActivations,
    ...attentionRules,
    ...convRules,
    ...denseRules,
    ...mergingRules,
    ...normalizationRules,
    ...operationRules,
    ...poolingRules,
    ...recurrentRules,
    ...shapeRules,
    TimeDistributed: timeDistributed((className) => layerRules.get(className)),
  }),
);
