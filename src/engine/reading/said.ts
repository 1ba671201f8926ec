/** Why something is as it is, where a setting says so. */
export const SAID = 'attribution.json says so';
