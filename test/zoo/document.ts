import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { assessZoo, table } from './table.ts';

/** `npm run architectures`: writes the table of docs/architectures.md anew from what the zoo shows now. */
const page = fileURLToPath(new URL('../../docs/architectures.md', import.meta.url));
const written = table(await assessZoo(await openOnnxRuntimeNode()));
const text = readFileSync(page, 'utf8');
const whole = /(<!-- table -->\n)[\s\S]*?(\n<!-- \/table -->)/;
writeFileSync(
  page,
  text.replace(whole, (_, before: string, after: string) => `${before}\n${written}\n${after}`),
);
console.log(written);
