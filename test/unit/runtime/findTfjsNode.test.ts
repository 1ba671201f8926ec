import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTfjsNode } from '../../../src/runtime/tfjs/findTfjsNode.ts';
import { scratchFolder } from '../../workbench/folders.ts';

/** A package as npm leaves it, with or without what its install script makes. */
function packageAt(folder: string, hasAddon: boolean): string {
  mkdirSync(join(folder, 'binding'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  if (hasAddon) {
    mkdirSync(join(folder, 'lib/napi-v8'), { recursive: true });
    writeFileSync(join(folder, 'lib/napi-v8/tfjs_binding.node'), '');
  }
  return folder;
}

describe('findTfjsNode', () => {
  it('takes the folder that is named: the package, or what holds it', async () => {
    await using scratch = await scratchFolder('find');
    const folder = packageAt(join(scratch.path, 'own/node_modules/@tensorflow/tfjs-node'), true);
    for (const named of [folder, join(scratch.path, 'own'), join(scratch.path, 'own/node_modules')]) {
      assert.equal(findTfjsNode(named), folder);
    }
  });

  it('looks nowhere else where a folder is named, and says what is wrong with it', async () => {
    await using scratch = await scratchFolder('find');
    const installed = packageAt(join(scratch.path, 'node_modules/@tensorflow/tfjs-node'), true);
    const other = join(scratch.path, 'other');
    assert.throws(() => findTfjsNode(other, installed), {
      message: `there is no @tensorflow/tfjs-node in ${other}`,
    });
    const bare = packageAt(other, false);
    assert.throws(() => findTfjsNode(other, installed), {
      message: new RegExp(`${bare} has no native addon`),
    });
    assert.throws(
      () => findTfjsNode('relative/folder'),
      /there is no @tensorflow\/tfjs-node in relative\/folder/,
    );
  });

  it('takes the installed one where none is named', async () => {
    await using scratch = await scratchFolder('find');
    const installed = packageAt(join(scratch.path, 'node_modules/@tensorflow/tfjs-node'), true);
    assert.equal(findTfjsNode('', scratch.path), installed);
  });
});
