import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fontsFor } from './fonts.ts';
import type { Rasterised } from './rasterised.ts';

/** Pixels for each pixel of the SVG: sharp in print at the width of a page. */
const SCALE = 2;

let ready: Promise<typeof import('@resvg/resvg-wasm')> | undefined;

/**
 * Draws one of our own SVGs with resvg (WebAssembly) and Noto Sans, the same on every machine. Takes some tenths of a
 * second and blocks: for the engine and the command line, not for the editor's process.
 */
export async function rasterise(svg: string): Promise<Rasterised> {
  ready ??= load();
  const { Resvg } = await ready;
  const { files, missing } = await fontsFor(svg);
  const drawing = new Resvg(svg, {
    font: { fontBuffers: [...files], defaultFontFamily: 'Noto Sans', sansSerifFamily: 'Noto Sans' },
    fitTo: { mode: 'zoom', value: SCALE },
  });
  const image = drawing.render();
  try {
    return { png: image.asPng(), missing };
  } finally {
    image.free();
    drawing.free();
  }
}

async function load(): Promise<typeof import('@resvg/resvg-wasm')> {
  const module = await import('@resvg/resvg-wasm');
  const resvg = 'default' in module ? (module.default as typeof module) : module;
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  await resvg.initWasm(await readFile(wasm));
  return resvg;
}
