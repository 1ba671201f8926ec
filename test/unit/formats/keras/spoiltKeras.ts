import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const fixture = new URL('../../../fixtures/keras/models.zip', import.meta.url);
const models = unzipSync(readFileSync(fixture));
/** A model of both kinds, as Keras writes them. */
export const whole = models['xcm.keras']!;
export const legacy = models['xcm.h5']!;
/** The files of the archive. */
export const parts = unzipSync(whole);
export const config = () =>
  JSON.parse(Buffer.from(parts['config.json']!).toString()) as { config: { layers: Json[] } };

/** The archive with another configuration. */
export function archive(json: Json | string): Uint8Array {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return zipSync({ ...parts, 'config.json': new TextEncoder().encode(text) }, { level: 0 });
}

/** One layer of the model changed by hand. */
export function changed(
  className: string,
  change: (layer: { config: { [key: string]: Json }; [key: string]: Json }) => void,
) {
  const json = config();
  const layer = json.config.layers.find((one) => (one as { class_name: string }).class_name === className);
  change(layer as { config: { [key: string]: Json } });
  return archive(json as unknown as Json);
}

/** One layer made another class, with other settings. */
export function replaced(before: string, after: string, settings: { [key: string]: Json }): Uint8Array {
  return changed(before, (layer) => {
    layer.class_name = after;
    Object.assign(layer.config, settings);
  });
}
