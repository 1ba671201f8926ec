import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel } from '../formats/loadModel.ts';
import { writeOnnx } from '../formats/onnx/writeOnnx.ts';
import { writeWhole } from './output.ts';
import { absolute, exactly, parsing, usage } from './words.ts';

/** Writes any model that is read as ONNX. */
export interface ConvertCommand {
  readonly name: 'convert';
  readonly model: string;
  readonly out: string;
}

/** @throws Refusal `usage`, also where OUT is named like another format: the two may have been mixed up. */
export function convertArguments(words: readonly string[]): ConvertCommand {
  const { positionals } = parsing('convert', () =>
    parseArgs({ args: [...words], options: {}, allowPositionals: true }),
  );
  const [model, out] = exactly('convert', ['MODEL', 'OUT.onnx'], positionals);
  if (extname(out!).toLowerCase() !== '.onnx') {
    throw usage(`convert writes ONNX, so the second file must end in .onnx, not ${JSON.stringify(out)}`);
  }
  return { name: 'convert', model: absolute(model!), out: absolute(out!) };
}

export async function convertCommand({ model, out }: ConvertCommand): Promise<void> {
  const { graph } = await loadModel(model);
  await writeWhole(out, writeOnnx(graph));
}
