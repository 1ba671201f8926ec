import assert from 'node:assert/strict';
import { read, sources } from './sources.ts';

/** The same thing under its name again: for a room that may not ask where it is defined, or with its parameter filled in. */
const AGAIN = new Set(['src/session/state.ts', 'src/views/panel/contract.ts']);

describe('Types that files hand out', () => {
  it('have a name of their own each: a word is one thing', () => {
    const places = new Map<string, string[]>();
    for (const file of sources.filter((one) => /^(?:src|webview)\/.*\.ts$/.test(one) && !AGAIN.has(one))) {
      for (const [, name] of read(file).matchAll(
        /^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm,
      )) {
        places.set(name!, [...(places.get(name!) ?? []), file]);
      }
    }
    assert.ok(places.size > 500);
    assert.deepEqual(
      [...places].filter(([, files]) => files.length > 1),
      [],
    );
  });
});
