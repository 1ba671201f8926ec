import assert from 'node:assert/strict';
import { join } from 'node:path';
import { data } from './support/badFiles.ts';
import { models } from './support/badModels.ts';
import { doubtful, projects } from './support/badProjects.ts';
import { scratch } from './support/files.ts';
import { explain, pictureOf, refusalOf, run } from './support/lens.ts';

describe('Bad input is said in one sentence, and the tool goes on', () => {
  for (const { title, given, says } of [...data, ...models, ...projects]) {
    it(title, async () => {
      const folder = scratch();
      const other = given(folder);
      const name = typeof other === 'string' ? other : 'single.csv';
      const { sentence, code } = refusalOf(await explain(join(folder, name)));
      assert.match(sentence, says);
      assert.notEqual(code, 'defect', sentence);
      assert.match(sentence, /^[^\n]+[.?!]$/, 'one sentence, no stack');
      pictureOf(await explain(join(scratch(), 'single.csv')));
    });
  }
});

describe('What is doubtful is said beside the picture', () => {
  for (const { title, given, says } of doubtful) {
    it(title, async () => {
      const folder = scratch();
      const other = given(folder);
      const { findings } = pictureOf(
        await explain(join(folder, typeof other === 'string' ? other : 'single.csv')),
      );
      assert.match(findings.map(({ sentence }) => sentence).join('\n'), says);
    });
  }
});

describe('A pick that cannot be', () => {
  const picks: readonly [string, string, unknown, RegExp][] = [
    ['a layer that does not exist', 'pickLayer', 'conv77', /conv77/],
    ['a class that does not exist', 'pickClass', 'sideways', /sideways/],
    ['a class beyond the last', 'pickClass', 7, /7/],
    ['a length beyond T', 'pickMask', 'length:99', /99/],
    ['a mask column that does not exist', 'pickMask', 'mask-column:nowhere', /nowhere/],
    ['a length column that does not exist', 'pickMask', 'length-column:nowhere', /nowhere/],
    ['a mask in words nobody knows', 'pickMask', 'sometimes', /"sometimes" is not a padding mask/],
    ['an instance that does not exist', 'pickInstance', 'case99', /no instance case99; it holds \d/],
    ['a method that does not exist', 'pickMethod', 'crystalball', /crystalball/],
  ];
  for (const [title, command, pick, says] of picks) {
    it(title, async () => {
      const file = join(scratch(), 'long.csv');
      await explain(file);
      assert.match(refusalOf(await run(command, pick)).sentence, says);
      pictureOf(await run('rerun'));
    });
  }
});

describe('A series longer than the model takes', () => {
  it('is cut when asked', async () => {
    const folder = scratch();
    data.at(-1)!.given(folder);
    assert.equal(refusalOf(await explain(join(folder, 'single.csv'))).code, 'too-long-padded');
    assert.equal(pictureOf(await run('truncate')).map.columns, 24);
  });
});
