import { render } from 'preact';
import { App } from './app.tsx';
import { startReporter } from './reporter.ts';

// Before anything is drawn: what breaks while drawing is a report too.
startReporter();

const app = document.getElementById('app');
if (app) render(<App />, app);
