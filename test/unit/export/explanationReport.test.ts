import assert from 'node:assert/strict';
import { explanationReport } from '../../../src/export/report/explanationReport.ts';
import { strongestCells, strongestFeatures } from '../../../src/export/report/strongest.ts';
import { drawnExplanation } from '../../fixtures/drawnExplanations.ts';
import { madeHow } from '../attribution/madeHow.ts';

const TRAP = `<img src=x onerror="alert(1)">&'</style></script>\u0000`;

/** What a reader sees: text, without styles, and without the pictures, which are data. */
function words(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, ' ');
}

const value = (row: number, column: number) =>
  row === 1 && column === 3 ? -5 : row === 0 && column === 2 ? 4 : column >= 8 && row === 2 ? 1 : 0;
const given = drawnExplanation({
  rows: 3,
  columns: 10,
  length: 6,
  value,
  change: {
    instance: {
      id: 'walk_7',
      index: 6,
      of: 9,
      label: 'run',
      lines: Int32Array.from({ length: 10 }, (_, i) => (i < 6 ? i + 2 : 0)),
    },
    findings: [{ code: 'x', severity: 'warning', sentence: 'Look at the padding.' }],
    how: madeHow({ layer: 'conv1d', relu: false }),
  },
});

describe('report of an explanation', () => {
  it('holds the answer, the shares, the strongest cells, findings, how to read it, and where it comes from', () => {
    const text = words(explanationReport(given));
    for (const wanted of [
      /Grad-CAM of conv1d for walk/,
      /walk_7 · predicted walk, p 0\.750 · label run · signed/,
      /walk \(predicted\)\s+1\s+0\.750\s+run\s+0\s+0\.250/,
      /REAL: inside the series\s+90 %\s+50 %/,
      /6 of 10 steps are real \(auto: 6 steps\)/,
      /f1\s+3\s+5\s+REAL\s+−5\s+f0\s+2\s+4\s+REAL\s+4\s+f2\s+8\s+–\s+EMPTY\s+1/,
      /f1\s+56 %\s+f0\s+44 %\s+f2\s+0 %/,
      /Look at the padding\./,
      /Selvaraju et al\. 2017/,
      /One position of conv1d reads 3 steps/,
      /instance walk_7 \(7 of 9\)/,
    ])
      assert.match(text, wanted);
  });

  it('needs nothing else: no script, no link, no frame, nothing from outside; its pictures are data', () => {
    const page = explanationReport(given);
    assert.doesNotMatch(page, /<script|<link|<iframe|<object|@import|url\((?!#)|https?:\/\/|\bon\w+=/i);
    assert.match(page, /default-src 'none'; style-src 'unsafe-inline'; img-src data:"/);
    for (const [, source] of page.matchAll(/\bsrc(?:set)?="([^"]*)"/g)) {
      assert.match(source!, /^data:image\/svg\+xml;base64,/);
      const svg = Buffer.from(source!.slice(source!.indexOf(',') + 1), 'base64').toString();
      assert.match(svg, /^<svg [\s\S]*<\/svg>\n$/);
    }
  });

  it('names out of files stay text', () => {
    const page = explanationReport(
      drawnExplanation({
        rows: 3,
        columns: 10,
        features: [TRAP, TRAP, TRAP],
        change: {
          instance: { id: TRAP, index: 0, of: 1, label: TRAP, lines: new Int32Array(10) },
          target: { index: 0, name: TRAP },
          findings: [{ code: 'x', severity: 'info', sentence: TRAP }],
          provenance: {
            model: TRAP,
            modelHash: TRAP,
            data: TRAP,
            runtime: TRAP,
            version: TRAP,
            preprocess: TRAP,
          },
        },
      }),
    );
    assert.doesNotMatch(page, /<img src=x|<\/script|onerror="/);
    assert.ok(!page.includes('\0'));
    assert.equal(page.match(/<\/style>/g)?.length, 1);
  });

  it('says so where the map is zero, and lists no cells', () => {
    const text = words(explanationReport(drawnExplanation({ rows: 3, columns: 10, value: () => 0 })));
    assert.match(text, /The map is zero everywhere\./);
    assert.doesNotMatch(text, /Strongest/);
  });

  it('a time map has cells without features, and no ranking of them', () => {
    const time = drawnExplanation({ rows: 1, columns: 10, value: (_, column) => column });
    assert.deepEqual(strongestFeatures(time, 5), []);
    assert.deepEqual(strongestCells(time, 2), [
      { step: 9, line: 0, zone: 'REAL', value: 9 },
      { step: 8, line: 0, zone: 'REAL', value: 8 },
    ]);
  });
});
