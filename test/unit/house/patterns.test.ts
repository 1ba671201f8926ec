import assert from 'node:assert/strict';
import { analyse } from 'scslre';
import { read, sources } from './sources.ts';

/** A pattern as it stands in code: after what an expression may begin with. */
const LITERAL =
  /(?<=(?:[(,=:[!&|?{;]|=>|\breturn)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;

/** Text from files may be as long as a file is: a pattern that backtracks takes minutes for a hundred thousand digits. */
describe('Patterns', function () {
  this.timeout(60_000);

  it('take time that grows with the text, and no faster', () => {
    const found = sources.flatMap((file) =>
      [...read(file).matchAll(LITERAL)].map(([, source, flags]) => ({
        file,
        source: source!,
        flags: flags!,
      })),
    );
    assert.ok(found.length > 180, `${found.length} patterns`);
    const slow = found.filter(({ source, flags }) => isSlow(source, flags));
    assert.deepEqual(
      slow.map(({ file, source }) => `${file}: /${source}/`),
      [],
    );
  });

  it('are told from those that do not', () => {
    assert.ok(isSlow('^(\\d+\\.?\\d*|\\.\\d+)$', ''));
    assert.ok(isSlow('\\s+$', ''));
    assert.ok(!isSlow('^(\\d+(\\.\\d*)?|\\.\\d+)$', ''));
  });
});

function isSlow(source: string, flags: string): boolean {
  const { reports } = analyse({ source, flags: flags.replace('d', '') });
  return reports.length > 0;
}
