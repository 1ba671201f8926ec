import { readFileSync } from 'node:fs';
import { guardThisProcess } from '../../src/engine/guard.ts';
import type { EngineMessage } from '../../src/engine/protocol.ts';
import { serve } from '../../src/engine/serve.ts';
import { createEngine } from '../../src/engine/service.ts';
import { parseTruth } from '../../src/evaluation/truthFile.ts';
import { scriptDataset } from '../../src/preprocess/script/scriptDataset.ts';
import { linkScript } from '../../src/project/linkScript.ts';
import { patchProject } from '../../src/project/patchProject.ts';
import { preprocessSteps } from '../../src/project/preprocessSteps.ts';
import { Refusal } from '../../src/refusal.ts';
import { decodeRun } from '../../src/session/runs/runFile.ts';
import { recognise } from '../../src/views/lenses/recognise.ts';

type Asked = { readonly path: string };

/** The engine's child as it is, with small caches, and readers that have no question of their own. */
const engine = {
  ...createEngine({ cacheBytes: 20e6, guard: guardThisProcess() }),

  async link({ path }: Asked) {
    const text = readFileSync(path, 'utf8');
    preprocessSteps(text);
    return linkScript(patchProject(text, { data: { time: 't' } }), 'preprocess.py').text.length;
  },

  async truth({ path }: Asked) {
    return parseTruth(readFileSync(path, 'utf8'), 'truth.json').size;
  },

  async output({ path }: Asked) {
    const input = { name: 'x', layout: 'NFT', features: 4, steps: 24 } as const;
    const bytes = readFileSync(path);
    const file = { name: 'preprocess.py', bytes, source: undefined, classes: undefined };
    return scriptDataset({ ...file, options: { input } }).instances.length;
  },

  async run({ path }: Asked) {
    try {
      return decodeRun(readFileSync(path)).map.rows;
    } catch (error) {
      // Goes to the log, as one line.
      throw new Refusal('bad-run', `The run cannot be read: ${(error as Error).message}.`);
    }
  },

  async script({ path }: Asked) {
    const text = readFileSync(path, 'utf8');
    return recognise(text, 'python').length + recognise(text, 'javascript').length;
  },
};

const send = (message: EngineMessage) => {
  process.send?.(message);
};
serve(engine, { on: process.on.bind(process), send });
