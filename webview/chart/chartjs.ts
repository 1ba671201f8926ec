import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';

Chart.register(LinearScale, LineController, LineElement, PointElement);
Chart.defaults.animation = false;
// The page handles the pointer itself, for all charts at once.
Chart.defaults.events = [];
Chart.defaults.responsive = false;
Chart.defaults.maintainAspectRatio = false;

/** These charts name themselves and answer the pointer through the page, whatever other charts have registered. */
export const bare = { plugins: { legend: { display: false }, tooltip: { enabled: false } } };

export { Chart };
/** Points of (step, value). */
export type LineChart = Chart<'line', { x: number; y: number }[]>;
