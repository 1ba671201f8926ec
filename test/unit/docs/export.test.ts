import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { csvHeader } from '../../../src/export/explanationCsv.ts';
import { explanationJson } from '../../../src/export/explanationJson.ts';
import { explanationNpz, npzPart } from '../../../src/export/explanationNpz.ts';
import { drawnExplanation } from '../../fixtures/drawnExplanations.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/export.md', import.meta.url)), 'utf8');
const given = drawnExplanation({ rows: 3, columns: 6, length: 4 });
const { target, map, shares } = given;
const full = { ...given, classMaps: [{ target, map, shares }], completeness: { sum: 1, difference: 1 } };

describe('docs/export.md', () => {
  it('names every key of JSON and of its provenance', () => {
    const json = JSON.parse(JSON.stringify(explanationJson(full, '/attribution.json')));
    const keys = [...Object.keys(json), ...Object.keys(json.provenance)];
    assert.ok(keys.length > 25);
    assert.deepEqual(
      keys.filter((key) => !page.includes(`\`${key}\``)),
      [],
    );
  });

  it('names every array of NPZ', () => {
    const { names } = readNpz(explanationNpz([npzPart(full)]), 'x.npz');
    assert.equal(names.length, 9);
    assert.deepEqual(
      names.filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });

  it('names the columns of CSV', () => {
    const columns = csvHeader(given).trim().split(',').slice(0, 4).join(', ');
    assert.ok(page.includes(`\`${columns}\``), columns);
  });
});
