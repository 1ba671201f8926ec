import { datasetText } from '../../export/text/datasetText.ts';
import type { Overview } from '../../overview/overview.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { MAP, NAMES_ARE_DATA, SEED, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { sourceOf } from '../sources.ts';

const MOST_FEATURES = 20;
const MOST_OUTLIERS = 20;

export const dataset = tool({
  name: 'attribution_dataset',
  title: 'Explain a Whole Data File',
  description: `The maps of every instance of a file added up: per class which features count (share of the map with 95 % interval and range of ranks), when, how much of the map lies on padding, and which instances stand out and why. Take it for "which features does the model use" and "which instances are odd". Shares say where maps are high, not what would happen without the feature; features whose ranges of ranks overlap are not told apart. An outlier is worth a look, not an error. A share on padding is no verdict: take attribution_audit. Long on large files; reports progress and can be cancelled. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    ...MAP,
    by: {
      type: 'string',
      enum: ['label', 'predicted'],
      description: 'What the groups are. Default: label where the file has labels, else predicted.',
    },
    seed: SEED,
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const { layer, method, class: target, seed } = said;
    const source = { ...(await sourceOf(said, roots)), prefer };
    const found = await engine.call('overview', { ...source, layer, method, target, seed }, options);
    const by = (found.labelled ? said.by : undefined) ?? (found.labelled ? 'label' : 'predicted');
    return {
      text: agentText(
        (said.by === 'label' && !found.labelled
          ? 'The file has no class labels: by predicted class.\n'
          : '') + datasetText(found, by, 'relative', 'normalised'),
      ),
      numbers: agentJson(numbersOf(found)),
    };
  },
});

function numbersOf({ instances, groups, features, outliers, how, classes, seed, provenance }: Overview) {
  return {
    ...{ n_instances: instances.length, classes, how, seed, runtime: provenance.runtime },
    groups: groups.map(({ by, name, members, lengths, zones, ranking, zeroMaps }) => ({
      ...{ by, name, n: members.length, zero_maps: zeroMaps, real_steps_shortest_median_longest: lengths },
      share_by_zone: zones,
      features:
        ranking &&
        features &&
        ranking.normalised.features.slice(0, MOST_FEATURES).map(({ feature, value, interval, ranks }) => ({
          ...{ feature: features[feature], share: value, interval, ranks },
        })),
    })),
    outliers: outliers.slice(0, MOST_OUTLIERS).map(({ instance, reasons }) => ({
      id: instances[instance]!.id,
      reasons: reasons.map(({ kind, sentence, z }) => ({ kind, sentence, z })),
    })),
    outliers_in_all: outliers.length,
  };
}
