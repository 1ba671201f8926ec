import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTests } from '../../suites/bundleTests.ts';
import { sourceStack } from '../../suites/sourceStack.ts';

describe('bundled tests', () => {
  it('know where their sources lie, and show lines of them in a stack', async () => {
    const file = join(import.meta.dirname, 'whereItLies.ts');
    const places = await bundleTests('bundled-test', [file]);
    const { here, failed } = await import(pathToFileURL(places.get(file)!).href);
    assert.deepEqual(here, [import.meta.dirname, file, pathToFileURL(file).href, 'import.meta.url']);
    assert.ok(sourceStack(failed()).includes(`${file}:5:`), sourceStack(failed()));
    assert.equal(
      sourceStack('Error: no\n    at file:///gone.mjs:1:2'),
      'Error: no\n    at file:///gone.mjs:1:2',
    );
  });
});
