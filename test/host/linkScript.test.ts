import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { SessionState } from '../../src/session/state.ts';
import { put, scratch } from './support/files.ts';
import { explain, giveUntil, lens, pictureOf, run, until } from './support/lens.ts';
import { isIdle, linked, script } from './support/script.ts';

describe('Link Preprocessing Script…', () => {
  it('writes attribution.json, keeps its comments, and takes the link out again', async () => {
    const folder = scratch();
    const file = put(folder, 'preprocess.mjs', script);
    const config = join(folder, 'attribution.json');
    const given = readFileSync(config, 'utf8').replace('{', '{ // mine\n');
    writeFileSync(config, given);
    const plain = pictureOf(await explain(join(folder, 'single.csv')));
    await run('linkScript', vscode.Uri.file(file));
    // The script is seen before its picture is there.
    const isPrepared = ({ explanation }: SessionState) => !!explanation?.provenance.preprocess;
    const state = await until((now) => isIdle(now) && isPrepared(now), 'a picture by the script');
    assert.equal(state.project?.script, file);
    const picture = pictureOf(state);
    assert.ok(Math.abs(picture.prediction.logits[0]! - plain.prediction.logits[0]!) < 1e-4);
    assert.match(readFileSync(config, 'utf8'), /\/\/ mine[\s\S]*"script": "preprocess\.mjs"/);
    await run('linkScript', null);
    const without = await until((now) => isIdle(now) && !isPrepared(now), 'a picture without it');
    assert.equal(without.project?.script, undefined);
  });

  it('makes the file where there is none', async () => {
    const folder = scratch(['tiny.onnx', 'single.csv']);
    const file = put(folder, 'preprocess.mjs', script);
    await explain(join(folder, 'single.csv'));
    await run('linkScript', vscode.Uri.file(file));
    await until((now) => isIdle(now) && now.project?.script === file, 'the script');
    assert.match(readFileSync(join(folder, 'attribution.json'), 'utf8'), /"script": "preprocess\.mjs"/);
  });

  it('refuses a script outside the folder and leaves attribution.json alone', async () => {
    const folder = scratch();
    await explain(join(folder, 'single.csv'));
    const before = readFileSync(join(folder, 'attribution.json'), 'utf8');
    const elsewhere = put(scratch([]), 'preprocess.mjs', script);
    let answered = false;
    void vscode.commands.executeCommand('attribution.linkScript', vscode.Uri.file(elsewhere)).then(() => {
      answered = true;
    });
    await giveUntil('notifications.clearAll', () => answered);
    assert.equal(readFileSync(join(folder, 'attribution.json'), 'utf8'), before);
  });

  it('is told when the script is gone', async () => {
    const { file } = await linked();
    const { session } = await lens();
    rmSync(file);
    await until(({ activity }) => activity.kind === 'refused', 'the script is gone');
    const { activity } = session.state;
    assert.match(activity.kind === 'refused' ? activity.sentence : '', /^preprocess\.mjs does not exist\.$/);
  });
});
