import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lens } from './support/lens.ts';

const manifest = () => vscode.extensions.getExtension('attribution-lens.attribution-lens')!.packageJSON;

describe('Commands', () => {
  before(lens);

  it('are registered as the manifest promises, each with a title', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command, title, category } of manifest().contributes.commands) {
      assert.ok(registered.has(command), command);
      assert.doesNotMatch(title, /%/, `${command} has no title in package.nls.json`);
      assert.equal(category, 'Attribution');
    }
  });

  it('are all in the manifest', async () => {
    const promised = manifest().contributes.commands.map(({ command }: { command: string }) => command);
    const ours = (await vscode.commands.getCommands(true)).filter(
      (command) => command.startsWith('attribution.') && !/\.(focus|open|resetViewLocation)$/.test(command),
    );
    assert.deepEqual(ours.sort(), [...promised].sort());
  });

  it('appear in menus and key bindings only where they exist', () => {
    const { commands, menus, keybindings } = manifest().contributes;
    const known = new Set(commands.map(({ command }: { command: string }) => command));
    const used = [...Object.values(menus).flat(), ...keybindings] as { command: string }[];
    assert.ok(used.length > 10);
    assert.deepEqual(
      used.filter(({ command }) => !known.has(command)),
      [],
    );
  });
});
