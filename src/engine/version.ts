import manifest from '../../package.json' with { type: 'json' };

/** Of this extension; goes into every provenance. */
export const version: string = manifest.version;
