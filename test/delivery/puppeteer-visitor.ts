import { once } from 'node:events';
import { launch, type LaunchOptions, type Page } from 'puppeteer-core';
import { adoptChild } from '../helpers/browsers/children.ts';
import { args } from '../helpers/browsers/chromium.ts';
import { startTimeoutMs } from '../helpers/browsers/engine.ts';
import { preferences } from '../helpers/browsers/firefox.ts';
import { crash, processesOf } from '../helpers/browsers/processes.ts';
import { onPath, required } from '../helpers/browsers/programs.ts';
import type { StartVisitor, Visitor } from './visitor.ts';

const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
const limits = { timeout: startTimeoutMs, protocolTimeout: startTimeoutMs };

async function startVisitor(options: LaunchOptions, isRenderer: (command: string) => boolean): Promise<Visitor> {
  const browser = await launch({ ...options, ...signals, ...limits, headless: true });
  const program = browser.process();
  if (!program?.pid) throw new Error('The browser has no process.');
  adoptChild(program);
  const pid = program.pid;
  const hasEnded = () => program.exitCode !== null || program.signalCode !== null;
  let last: Page | undefined;
  const newPage = async () => {
    const page = await browser.newPage();
    page.on('error', () => undefined);
    return page;
  };
  return {
    async open(url) {
      last = await newPage();
      last.goto(url).catch(() => undefined);
    },
    async openByScript(url) {
      const opener = await newPage();
      await opener.goto(new URL('/blank', url).href);
      opener.evaluate(`void window.open(${JSON.stringify(url)})`).catch(() => undefined);
    },
    closeTab: async () => last?.close(),
    crashPages: () => crash(processesOf(pid).filter(({ command }) => isRenderer(command))),
    async quit() {
      const exit = once(program, 'exit');
      await browser.close().catch(() => undefined);
      if (!hasEnded()) await exit;
    },
    async crash() {
      if (hasEnded()) return;
      const exit = once(program, 'exit');
      crash(processesOf(pid));
      await exit;
    },
  };
}

export const startChromiumVisitor: StartVisitor = (profile) => {
  const path = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium', 'chromium-browser', 'google-chrome');
  return startVisitor(
    {
      executablePath: required(path, 'Chromium', 'chromium'),
      userDataDir: profile,
      args: [...args, '--ignore-certificate-errors'],
    },
    (command) => command.includes('--type=renderer'),
  );
};

export const startFirefoxVisitor: StartVisitor = (profile) => {
  const path = process.env['PAGEFAULT_FIREFOX'] ?? onPath('firefox-esr', 'firefox');
  return startVisitor(
    {
      browser: 'firefox',
      executablePath: required(path, 'Firefox', 'firefox-esr'),
      userDataDir: profile,
      acceptInsecureCerts: true,
      extraPrefsFirefox: { ...preferences, 'dom.disable_open_during_load': false },
    },
    (command) => / tab\s*$/.test(command),
  );
};
