import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ACTIVATION_NAMES } from '../../../../src/formats/keras/layers/activations.ts';
import { layerRules } from '../../../../src/formats/keras/layers/registry.ts';

const page = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('## Keras'), page.indexOf('**Masks**'));

describe('the page on formats', () => {
  it('lists every layer and every activation, and no other', () => {
    const layers = [...layerRules.keys()].filter((name) => !name.startsWith('op:'));
    const missing = [...layers, ...ACTIVATION_NAMES].filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(table),
    );
    // Made by name: gelu_new is what TensorFlow.js calls the approximation.
    assert.deepEqual(missing, ['gelu_new']);
    const named = table.match(/\b[A-Z][a-zA-Z]+(?:\d D|\dD\w*)\b/g) ?? [];
    assert.deepEqual(
      named.filter((name) => !layerRules.has(name)),
      [],
    );
  });
});
