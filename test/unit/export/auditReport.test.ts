import assert from 'node:assert/strict';
import { auditReport } from '../../../src/export/report/auditReport.ts';
import { auditText } from '../../../src/export/text/auditText.ts';
import type { Audit } from '../../../src/padding/audit.ts';
import { oddAudits } from '../../fixtures/oddAudits.ts';
import { smallAudit } from '../../webview/harness/audits.ts';

const TRAP = `<img src=x onerror="alert(1)">&'</style></script>`;

/** What a reader sees: text and titles, without styles, attributes of shapes, and code to copy. */
function words(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>|<pre>[\s\S]*?<\/pre>/g, '').replace(/<[^>]*>/g, ' ');
}

describe('audit report', () => {
  it('holds the verdicts with their reasons, every intervention, the facts of the maps, and the origin', () => {
    const text = words(auditReport(smallAudit));
    for (const wanted of [
      /Padding audit: walk\.csv/,
      /walk\.csv with xcm\.onnx: 4 instances, 2 classes, padded to 60 steps \(end\)/,
      /Padding&#39;s look\s+FRAGILE\s+50 % of 4 answers flip under noise/,
      /What the map shows on padding\s+38 % on padding/,
      /Rests on: Flips \.49/,
      /share of run rises by 12 % \[2 %, 22 %\]/,
      /Placebo: .* keep 97 % of the accuracy above chance/,
      /refilling with noise\s+50 %\s+\[30 %, 70 %\]\s+0\.250/,
      /doubling the padded length\s+Reshape .*has the length 60/,
      /REAL 62 %, MIXED 8 %, EMPTY 30 % of the map/,
      /LEI\s+0\.02\s+\[-0\.01, 0\.06\]/,
      /Padding carries 33 %/,
      /Accuracy 100 % \[51 %, 100 %\], balanced 100 % \[54 %, 100 %\]\./,
      /Length alone in the data: balanced accuracy 0\.45 \[0\.09, 0\.84\] against chance 0\.50 \(p 0\.800, 4 instances\)/,
      /onnxruntime-node 1\.30\.0, Attribution Lens 0\.1\.0, seed 1/,
    ])
      assert.match(text, wanted);
  });

  it('labels that are none of the classes are named where the accuracy would stand; no labels are no labels', () => {
    const none = { ...smallAudit, accuracy: null, balancedAccuracy: null };
    const unknown: Audit = { ...none, unknownLabels: ['laufen', 'gehen'] };
    const said =
      /no accuracy, since labels \(laufen, gehen\) are none of the model's classes \(.+\): set "classes" in attribution\.json/;
    for (const text of [
      auditText(unknown),
      words(auditReport(unknown)).replaceAll('&#39;', "'").replaceAll('&quot;', '"'),
    ]) {
      assert.match(text, said);
    }
    assert.match(auditText({ ...none, unlabelled: 3 }), /, no accuracy, since 3 of them have no label/);
    assert.match(auditText(none), /, no labels/);
    assert.doesNotMatch(auditText(none), /none of the model's/);
  });

  it('needs nothing else: no script, no link, no picture, no font from outside', () => {
    const page = auditReport(smallAudit);
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\((?!#)|https?:\/\/|\bsrc=|\bon\w+=/i);
    assert.match(page, /default-src 'none'/);
  });

  it('names of files, classes, layers and instances stay text', () => {
    const hostile: Audit = {
      ...smallAudit,
      classes: [TRAP, TRAP],
      instances: smallAudit.instances.map((one) => ({ ...one, id: TRAP })),
      maps: smallAudit.maps.map((facts) => ({ ...facts, layer: TRAP })),
      carrier: smallAudit.carrier.map((result) =>
        'unavailable' in result
          ? { ...result, unavailable: TRAP }
          : { ...result, worst: { ...result.worst, id: TRAP } },
      ),
      logitSplit: { ...(smallAudit.logitSplit as object), layer: TRAP } as Audit['logitSplit'],
      lengthSweep: { unavailable: TRAP },
      preprocessing: [{ code: 'x', severity: 'warning', sentence: TRAP }],
      advice: [
        {
          code: 'x',
          sentence: TRAP,
          basis: TRAP,
          tryIt: 'head',
          snippets: [{ language: 'Python', code: TRAP }],
        },
      ],
      provenance: { ...smallAudit.provenance, model: TRAP, data: TRAP, runtime: TRAP },
    };
    const page = auditReport(hostile);
    assert.doesNotMatch(page, /<img|<\/script|onerror="/);
    assert.equal(page.match(/<\/style>/g)?.length, 1);
    assert.ok(page.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;&#39;/g)!.length > 10);
  });

  it('never says NaN, undefined or infinity, whatever the file and the model', async function () {
    this.timeout(30_000);
    for (const [what, audit] of Object.entries(await oddAudits())) {
      const page = auditReport(audit);
      assert.doesNotMatch(page, /NaN|undefined|Infinity|\[object|null/, what);
      assert.doesNotMatch(auditText(audit), /NaN|undefined|Infinity|\[object|null/, what);
      for (const answer of page.matchAll(/<strong>(.*?)<\/strong><p>(.*?)<\/p>/g)) {
        assert.match(answer[2]!, /^[A-Z0-9].*\.$/, `${what}: ${answer[1]}`);
      }
    }
  });
});
