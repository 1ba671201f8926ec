import { measuredOrLabel } from '../../attribution/answerWords.ts';
import type { Explanation } from '../../attribution/explanation.ts';
import { pictureSvg } from '../../export/picture/pictureSvg.ts';
import { answer, choices, mapName, zoneWords } from '../../export/picture/words.ts';
import { strongestCells, strongestFeatures } from '../../export/report/strongest.ts';
import { agentJson, agentText } from '../../surfaces/agent.ts';
import { MAP, NAMES_ARE_DATA, SOURCE } from '../commonFields.ts';
import { tool } from '../define.ts';
import { instanceOf } from '../instanceOf.ts';
import { sourceOf } from '../sources.ts';

const STRONGEST = 12;
const MOST_OUTPUTS = 24;

export const explain = tool({
  name: 'attribution_explain',
  title: 'Explain a Time-Series Prediction',
  description: `Why a time-series classifier gave one instance its class: prediction, an attribution map (Grad-CAM unless another method is named) over features × time, its strongest cells and features, the share of the map on real steps and on padding, and a picture. Take it for "why did the model say this" and "where does it look". For "does the model use its padding" take attribution_audit instead: a share of the map on padding is no verdict, since models that use only the content and models that use only the length can have the same share. A regression or a sequence output gives numbers in place of classes: then the map explains one of them, and there is no p. p is the model's softmax, not confidence that the answer is right. Values of a map are in logits per unit, not percentages, and say nothing about cause in the world. One instance has no interval; attribution_dataset gives intervals over a file, attribution_evaluate whether the map itself is right. ${NAMES_ARE_DATA}`,
  fields: {
    ...SOURCE,
    case: {
      type: 'string',
      orPosition: true,
      description: 'Id of the instance, else its position from 0. Default: the first.',
    },
    ...MAP,
    against: {
      type: 'string',
      orPosition: true,
      description: 'Name or index of a class to set it against, or runner-up: why A rather than B.',
    },
    signed: {
      type: 'boolean',
      description: 'Keep the negative part of the map: what speaks against the class. Default false.',
    },
    picture: { type: 'boolean', description: 'Whether a PNG comes with it. Default true.' },
  },
  run: async (said, { engine, roots, prefer }, options) => {
    const source = { ...(await sourceOf(said, roots)), prefer };
    const instance = await instanceOf(engine, source, said.case, options);
    const { layer, method, against, class: target, signed } = said;
    const how = { layer, method, against, target, relu: !signed };
    const explanation = await engine.call('explain', { ...source, ...how, instance }, options);
    const picture =
      said.picture === false
        ? undefined
        : (await engine.call('picture', { svg: pictureSvg(explanation, 'light'), prefer }, options)).png;
    return {
      text: agentText(wordsOf(explanation)),
      numbers: agentJson(numbersOf(explanation)),
      picture,
    };
  },
});

function wordsOf(explanation: Explanation): string {
  const { findings } = explanation;
  return [
    `${mapName(explanation)}${choices(explanation)
      .map((word) => `, ${word}`)
      .join('')}`,
    answer(explanation),
    `${zoneWords(explanation)} (REAL: on real steps; MIXED: in the padding, still reads real steps; EMPTY: reads padding only)`,
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ].join('\n');
}

function numbersOf(explanation: Explanation) {
  const { instance, prediction, target, how, layer, shares, padding, completeness, provenance } = explanation;
  const { classes, logits, probabilities, predicted, values } = prediction;
  const answered = values
    ? {
        task: 'regression',
        ...measuredOrLabel(instance.label),
        predicted: { output: target.name, index: target.index, value: logits[target.index] },
        ...outputsAround(logits, classes, target.index),
        explained: { output: target.name, index: target.index, against: target.against?.name },
      }
    : {
        predicted: { class: classes[predicted], index: predicted },
        classes: classes.map((name, i) => ({ name, logit: logits[i], probability: probabilities?.[i] })),
        explained: { class: target.name, index: target.index, against: target.against?.name },
      };
  return {
    case: {
      ...{ id: instance.id, index: instance.index, of: instance.of },
      ...(!values && { label: instance.label }),
    },
    ...answered,
    how: { ...how, layer: layer.name, receptive_field: layer.receptiveField.size },
    share_by_zone: shares,
    real_steps: padding.length,
    steps: padding.mask.length,
    mask_origin: padding.origin,
    strongest_features: strongestFeatures(explanation, STRONGEST),
    strongest_cells: strongestCells(explanation, STRONGEST),
    completeness,
    runtime: provenance.runtime,
    version: provenance.version,
  };
}

/** A sequence has more outputs than an agent wants to read. */
function outputsAround(logits: Float32Array, names: readonly string[], at: number) {
  const first = Math.max(0, Math.min(at - MOST_OUTPUTS / 2, names.length - MOST_OUTPUTS));
  const some = names.slice(first, first + MOST_OUTPUTS);
  return {
    outputs: some.map((name, i) => ({ name, index: first + i, value: logits[first + i] })),
    outputs_in_all: names.length,
  };
}
