import type { Tool } from './tool.ts';
import { audit } from './tools/audit.ts';
import { dataset } from './tools/dataset.ts';
import { evaluate } from './tools/evaluate.ts';
import { explain } from './tools/explain.ts';
import { layers } from './tools/layers.ts';
import { repair } from './tools/repair.ts';

/** Every tool, in the order they are listed. A new one is a file in tools/ and its place here. */
export const TOOLS: readonly Tool[] = [layers, explain, audit, evaluate, dataset, repair];
