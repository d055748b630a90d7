import { loadScript } from './load-script.ts';

interface ChatAgent {
  name: string;
  /** The vendor dropped it in their last version. */
  greeting: string;
}

declare global {
  interface Window {
    /** The name by which the chat vendor calls us back. */
    onChatReady?: (agent: ChatAgent) => void;
  }
}

function greet(agent: ChatAgent): void {
  document.title = agent.greeting.trim();
}

/** Loads a vendor's script, which calls us back with less than it promised. */
export function openChat(): void {
  window.onChatReady = greet;
  loadScript('/demo/broken/vendor.js');
}
