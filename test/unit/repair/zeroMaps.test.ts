import assert from 'node:assert/strict';
import { repairJson } from '../../../src/export/repairJson.ts';
import { repairReport } from '../../../src/export/report/repairReport.ts';
import { repairText } from '../../../src/export/text/repairText.ts';
import { repairMetadata } from '../../../src/repair/provenance.ts';
import { repairRows } from '../../../src/repair/rows.ts';
import { asTrained, found } from '../../webview/harness/repairs.ts';

describe('A repair whose maps are 0 throughout', () => {
  const none = { unavailable: 'Every map is 0 throughout, so none lies anywhere.' };
  const { zones, ...rest } = found();
  assert.ok(!('unavailable' in zones));
  const of = (one: typeof zones) => ({ ...rest, zones: one });

  it('has dashes with the reason, and no number', () => {
    const rows = repairRows(of({ ...zones, before: none }));
    assert.deepEqual(rows.filter(([name]) => name?.startsWith('map on'))[0], [
      'map on REAL',
      '–',
      '100 % [100 %, 100 %]',
      `at conv1d; – before: ${none.unavailable}`,
    ]);
    const both = of({ layer: 'conv1d', before: none, after: none });
    assert.equal(
      repairRows(both).find(([name]) => name === 'map on EMPTY')?.[3],
      `at conv1d; –: ${none.unavailable}`,
    );
    const page = repairReport(both, null);
    assert.equal(page.split(none.unavailable).length - 1, 3 + 2);
    const before = { ...asTrained, mapOnPadding: none };
    const text = [
      repairText(both, null),
      page,
      JSON.stringify(repairJson(both, null)),
      ...repairMetadata({ ...both, before }).values(),
    ].join('\n');
    assert.doesNotMatch(text, /NaN|\[null,null\]/);
    assert.match(text, /"mapOnPadding":\{"unavailable":/);
  });
});
