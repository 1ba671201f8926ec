import type * as TfCore from '@tensorflow/tfjs-core';

/** The tensor functions of tfjs, whichever package they come from. */
export type Tf = typeof TfCore;

/** A tensor on the device; whoever makes one disposes of it. */
export type TfTensor = TfCore.Tensor;

/** A tfjs with the backend that computes. */
export interface Backend {
  readonly tf: Tf;
  /** As tfjs knows it: `wasm`, `tensorflow`. */
  readonly name: string;
}

/** All loaded tfjs share one engine, so another runtime may have chosen its backend since. */
export async function choose({ tf, name }: Backend): Promise<void> {
  while (tf.getBackend() !== name) {
    if (!(await tf.setBackend(name))) throw new Error(`the backend ${name} does not start`);
  }
}
