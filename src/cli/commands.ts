import type { Command } from './command.ts';
import { audit } from './commands/audit.ts';
import { completionOf } from './commands/completion.ts';
import { convert } from './commands/convert.ts';
import { data } from './commands/data.ts';
import { dataset } from './commands/dataset.ts';
import { evaluate } from './commands/evaluate.ts';
import { explain } from './commands/explain.ts';
import { explainer } from './commands/explainer.ts';
import { generateSet } from './commands/generate.ts';
import { layers } from './commands/layers.ts';
import { masked } from './commands/masked.ts';
import { mcp } from './commands/mcp.ts';
import { repair } from './commands/repair.ts';
import { study } from './commands/study.ts';
import { train } from './commands/train.ts';

const all = [
  layers,
  data,
  explain,
  audit,
  dataset,
  evaluate,
  repair,
  generateSet,
  convert,
  masked,
  explainer,
  train,
  study,
  mcp,
];

/** Every command, in the order they are shown. A new one is a file in commands/ and its place above. */
export const COMMANDS: readonly Command[] = [...all, completionOf(all)];
