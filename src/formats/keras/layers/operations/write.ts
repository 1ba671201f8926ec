import type { Json } from '../../config.ts';
import type { LayerContext } from '../../layerContext.ts';
import type { LayerValue } from '../../value.ts';

/** What an operation is asked for besides its tensors: in its configuration (Keras 3) or in its call (Keras 2). */
export type Setting = (name: string) => Json | undefined;

/** One operation; its first tensors lie in the order of Keras. */
export type Write = (context: LayerContext, operands: readonly LayerValue[], setting: Setting) => LayerValue;
