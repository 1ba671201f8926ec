/** Units as loggers write them; a row of them under the names is no data. */
const unit =
  /^[([{]?\s{0,3}([numkMGµμc]?(s|sec|secs|[sS]econds?|g|m|V|A|Hz|Pa|bar|W|J|N|C|F|K|T|rad|deg|dps|ohm|Ω|l|mol|bpm|rpm|dB|%|pts?|counts?|a\.?u\.?|n\/?a|-|1|m\/s|deg\/s|rad\/s|°|°C|°F|°\/s|min|h|hours?|days?|date|time|yyyy.{0,30}|hh:.{0,30}|h:.{0,30}|unix.{0,30}|iso.{0,30}|epoch.{0,30}|[a-zA-Zµμ°Ω]{1,4}(\s{0,3}[/*·^]\s{0,3}[a-zA-Z0-9²³^-]{1,4})+|in|ft|mph|kph|lx|lux|gauss|m\/?s[²2]|ms-?2|ms\^-?2|deg(rees)?|[vV]olts?|[aA]mps?|[aA]mperes?|kelvin|celsius))\s{0,3}[)\]}]?$/;

/** Whether every cell that is not blank is a unit. */
export function looksLikeUnits(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    filled.length > 0 &&
    filled.every((cell) => unit.test(cell) || /^[([{].{0,12}[)\]}]$/.test(cell)) &&
    filled.some((cell) => !/^[xyzXYZ]$/.test(cell))
  );
}
